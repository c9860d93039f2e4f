package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** Is a large object of characters that the application holds. */
class ClobHandle extends LargeObject<Clob> implements Clob {

  private static final String READ = "read of a large text";
  private static final String WRITE = "write to a large text";

  ClobHandle(Clob target, Origin origin) {
    super(target, origin);
  }

  /** A large object of characters of the national set. */
  static final class National extends ClobHandle implements NClob {
    National(Clob target, Origin origin) {
      super(target, origin);
    }
  }

  @Override
  public final long length() throws SQLException {
    return ask(READ, () -> target().length());
  }

  @Override
  public final String getSubString(long position, int length) throws SQLException {
    return ask(READ, () -> target().getSubString(position, length));
  }

  @Override
  public final Reader getCharacterStream() throws SQLException {
    return query(READ, () -> target().getCharacterStream());
  }

  @Override
  public final Reader getCharacterStream(long position, long length) throws SQLException {
    return query(READ, () -> target().getCharacterStream(position, length));
  }

  @Override
  public final InputStream getAsciiStream() throws SQLException {
    return query(READ, () -> target().getAsciiStream());
  }

  @Override
  public final long position(String pattern, long start) throws SQLException {
    return ask(READ, () -> target().position(pattern, start));
  }

  @Override
  public final long position(Clob pattern, long start) throws SQLException {
    return ask(READ, () -> target().position(bare(pattern), start));
  }

  @Override
  public final int setString(long position, String text) throws SQLException {
    return ask(WRITE, () -> target().setString(position, text));
  }

  @Override
  public final int setString(long position, String text, int offset, int length)
      throws SQLException {
    return ask(WRITE, () -> target().setString(position, text, offset, length));
  }

  @Override
  public final OutputStream setAsciiStream(long position) throws SQLException {
    return query(WRITE, () -> target().setAsciiStream(position));
  }

  @Override
  public final Writer setCharacterStream(long position) throws SQLException {
    return query(WRITE, () -> target().setCharacterStream(position));
  }

  @Override
  public final void truncate(long length) throws SQLException {
    work(WRITE, () -> target().truncate(length));
  }

  @Override
  public final void free() throws SQLException {
    use().finish(() -> target().free());
  }
}
