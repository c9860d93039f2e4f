package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;

/** Is a large object of bytes that the application holds. */
final class BlobHandle extends LargeObject<Blob> implements Blob {

  private static final String READ = "read of a large object";
  private static final String WRITE = "write to a large object";

  BlobHandle(Blob target, Origin origin) {
    super(target, origin);
  }

  @Override
  public long length() throws SQLException {
    return ask(READ, () -> target().length());
  }

  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    return ask(READ, () -> target().getBytes(position, length));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return query(READ, () -> target().getBinaryStream());
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    return query(READ, () -> target().getBinaryStream(position, length));
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    return ask(READ, () -> target().position(pattern, start));
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    return ask(READ, () -> target().position(bare(pattern), start));
  }

  @Override
  public int setBytes(long position, byte[] bytes) throws SQLException {
    return ask(WRITE, () -> target().setBytes(position, bytes));
  }

  @Override
  public int setBytes(long position, byte[] bytes, int offset, int length) throws SQLException {
    return ask(WRITE, () -> target().setBytes(position, bytes, offset, length));
  }

  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    return query(WRITE, () -> target().setBinaryStream(position));
  }

  @Override
  public void truncate(long length) throws SQLException {
    work(WRITE, () -> target().truncate(length));
  }

  @Override
  public void free() throws SQLException {
    use().finish(() -> target().free());
  }
}
