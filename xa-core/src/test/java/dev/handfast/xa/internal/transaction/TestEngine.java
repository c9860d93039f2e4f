package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.spi.Gtrid;
import jakarta.transaction.Status;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;

/** Begins transactions without branches, notes what they are told, and throws as it is told. */
final class TestEngine implements TransactionEngine {

  private final AtomicInteger begun = new AtomicInteger();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile Throw failing = Throw.NOTHING;
  private volatile Throwable failure = new OutOfMemoryError("heap");

  /** Where it throws. */
  enum Throw {
    NOTHING,
    BEGIN,
    GTRID
  }

  void fail(Throw where, Throwable thrown) {
    failure = thrown;
    failing = where;
  }

  List<String> told() {
    return told;
  }

  private void at(Throw here) {
    if (failing == here) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  @Override
  public EngineTransaction begin(int timeoutSeconds) {
    at(Throw.BEGIN);
    return new Begun(
        Gtrid.of(ByteBuffer.allocate(Integer.BYTES).putInt(begun.incrementAndGet()).array()));
  }

  private final class Begun implements EngineTransaction {

    private final Gtrid gtrid;

    private Begun(Gtrid gtrid) {
      this.gtrid = gtrid;
    }

    @Override
    public Gtrid gtrid() {
      at(Throw.GTRID);
      return gtrid;
    }

    @Override
    public int status() {
      return Status.STATUS_ACTIVE;
    }

    @Override
    public boolean enlist(XAResource resource) {
      return false;
    }

    @Override
    public boolean delist(XAResource resource, int flag) {
      return false;
    }

    @Override
    public End commit() {
      told.add("commit");
      return End.COMMITTED;
    }

    @Override
    public void rollback() {
      told.add("rollback");
    }

    @Override
    public void discard() {
      told.add("discard");
    }
  }
}
