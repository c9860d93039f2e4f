package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.SQLException;
import java.sql.SQLXML;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.xml.sax.InputSource;

/**
 * Is a value of XML that the application holds. Of the sources and results, the streams are
 * handles; trees and events are in memory.
 */
final class XmlHandle extends LargeObject<SQLXML> implements SQLXML {

  private static final String READ = "read of XML";
  private static final String WRITE = "write of XML";

  XmlHandle(SQLXML target, Origin origin) {
    super(target, origin);
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return query(READ, () -> target().getBinaryStream());
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return query(READ, () -> target().getCharacterStream());
  }

  @Override
  public String getString() throws SQLException {
    return ask(READ, () -> target().getString());
  }

  @Override
  public OutputStream setBinaryStream() throws SQLException {
    return query(WRITE, () -> target().setBinaryStream());
  }

  @Override
  public Writer setCharacterStream() throws SQLException {
    return query(WRITE, () -> target().setCharacterStream());
  }

  @Override
  public void setString(String value) throws SQLException {
    work(WRITE, () -> target().setString(value));
  }

  @Override
  public <T extends Source> T getSource(Class<T> type) throws SQLException {
    T source = ask(READ, () -> target().getSource(type));
    if (source instanceof StreamSource stream) {
      stream.setInputStream(reached(stream.getInputStream()));
      stream.setReader(reached(stream.getReader()));
    } else if (source instanceof SAXSource sax && sax.getInputSource() != null) {
      InputSource input = sax.getInputSource();
      input.setByteStream(reached(input.getByteStream()));
      input.setCharacterStream(reached(input.getCharacterStream()));
    }
    return source;
  }

  @Override
  public <T extends Result> T setResult(Class<T> type) throws SQLException {
    T result = ask(WRITE, () -> target().setResult(type));
    if (result instanceof StreamResult stream) {
      stream.setOutputStream(reached(stream.getOutputStream()));
      stream.setWriter(reached(stream.getWriter()));
    }
    return result;
  }

  @Override
  public void free() throws SQLException {
    use().finish(() -> target().free());
  }
}
