package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.spi.BreakableXaResource;
import dev.handfast.xa.spi.XaCall;
import javax.transaction.xa.XAException;

/**
 * Is what a transaction holds of its connection. Once the connection is used otherwise, breaking it
 * off does nothing.
 */
final class EnlistedXaResource extends ForwardingXaResource implements BreakableXaResource {

  private final JdbcXaResource connection;
  private final ConnectionUse use;

  EnlistedXaResource(JdbcXaResource connection, ConnectionUse use) {
    this.connection = connection;
    this.use = use;
  }

  @Override
  public void breakOff() {
    connection.breakOff(use, "a call over it did not end in time");
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    return call.ask(connection);
  }
}
