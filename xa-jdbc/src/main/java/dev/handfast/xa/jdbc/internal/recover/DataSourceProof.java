package dev.handfast.xa.jdbc.internal.recover;

import dev.handfast.xa.jdbc.internal.connect.ConnectionSource;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Puts a database of which nothing is known to the proof: a branch that voted outlives its
 * connection, is listed, and is rolled back over another one; and a branch that never was is
 * answered NOTA. To be run by one thread at a time.
 */
final class DataSourceProof {

  private static final String MEND =
      "use a database whose prepared branches outlive their connection, as those of MariaDB 10.5,"
          + " Apache Derby, H2 and PostgreSQL do, with its own XADataSource";
  private static final String RIGHTS =
      "see that the user of recovery may list and end the branches of others, and that they and the"
          + " user of work go to one database; if they do, "
          + MEND;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final String driver;
  private final ConnectionSource working;
  private final Dialect dialect;
  private final Probes probes;
  private final Duration bound;

  /**
   * @param driver the class of the driver's data source, for messages
   * @param bound how long the database may take to notice that a connection was closed
   */
  DataSourceProof(
      String driver, ConnectionSource working, Dialect dialect, Probes probes, Duration bound) {
    this.driver = driver;
    this.working = working;
    this.dialect = dialect;
    this.probes = probes;
    this.bound = bound;
  }

  /**
   * Runs the proof.
   *
   * @param recovery the driver's XAResource over a connection of recovery
   * @return why the database cannot be used; empty if it is proven
   * @throws SQLException if the database was lost meanwhile
   */
  Optional<Finding> run(XAResource recovery) throws SQLException {
    try {
      rollBackWhatWasLeft(recovery);
      VotedProbe voted = new VotedProbe(working, dialect, probes, bound);
      Xid xid = voted.prepare();
      if (xid == null) {
        return Optional.of(unproven(voted));
      }
      Optional<Finding> lost = end(recovery, xid);
      return lost.isPresent() ? lost : askForWhatNeverWas(recovery);
    } catch (XAException e) {
      throw new SQLException(XaErrors.describe(e), e);
    }
  }

  /** A crash in the middle of a proof leaves a branch, whose locks this one would wait for. */
  private void rollBackWhatWasLeft(XAResource recovery) throws XAException {
    for (Xid xid : list(recovery)) {
      if (probes.isLeftBehind(xid)) {
        int unused = answer(recovery, asked -> asked.rollback(xid));
      }
    }
  }

  private Finding unproven(VotedProbe voted) {
    return refusal(
        "no branch could be prepared: " + voted.failures(),
        "nobody can tell whether it keeps what it voted for",
        "create a table "
            + VotedProbe.TABLE
            + " with one column ID INTEGER into which the user of work may insert; nothing stays in"
            + " it");
  }

  /** As long as the database has not noticed that the connection is gone, NOTA means nothing. */
  private Optional<Finding> end(XAResource recovery, Xid xid) throws XAException {
    long end = System.nanoTime() + bound.toNanos();
    int answer;
    do {
      if (!lists(recovery, xid)) {
        return Optional.of(
            refusal(
                "a branch that voted is not listed once its connection is closed",
                "what an application is told is committed could be lost",
                RIGHTS));
      }
      answer = answer(recovery, asked -> asked.rollback(xid));
    } while (answer == XAException.XAER_NOTA && isPaused(end));
    if (answer == XAResource.XA_OK || XaErrors.isRollback(answer)) {
      return Optional.empty();
    }
    return Optional.of(
        refusal(
            "it lists a branch that voted, and answers "
                + XaErrors.name(answer)
                + " to its rollback over another connection, "
                + bound.toMillis()
                + " ms after the branch's own was closed",
            "recovery could end no branch that a process leaves behind",
            RIGHTS));
  }

  private static boolean isPaused(long end) {
    LockSupport.parkNanos(PAUSE_NANOS);
    return System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted();
  }

  private Optional<Finding> askForWhatNeverWas(XAResource recovery) throws XAException {
    Xid never = probes.next();
    Optional<Finding> commit =
        strange("commit", answer(recovery, asked -> asked.commit(never, false)));
    return commit.isPresent()
        ? commit
        : strange("rollback", answer(recovery, asked -> asked.rollback(never)));
  }

  private Optional<Finding> strange(String order, int answer) {
    return answer == XAException.XAER_NOTA
        ? Optional.empty()
        : Optional.of(
            refusal(
                "it answers "
                    + (answer == XAResource.XA_OK ? "OK" : XaErrors.name(answer))
                    + " to the "
                    + order
                    + " of a branch that never was, and not XAER_NOTA",
                "recovery could take a branch that was lost for one that ended as decided",
                MEND));
  }

  private Finding refusal(String seen, String risk, String mend) {
    return Finding.error("the data source " + driver + " failed the proof: " + seen, risk, mend);
  }

  private boolean lists(XAResource recovery, Xid wanted) throws XAException {
    return Stream.of(list(recovery)).map(XidKey::of).anyMatch(XidKey.of(wanted)::equals);
  }

  private Xid[] list(XAResource recovery) throws XAException {
    Xid[] found =
        dialect.ask(
            recovery, asked -> asked.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN));
    return found == null ? new Xid[0] : found;
  }

  /** The code of an answer; a failure is one only if the database answers other questions. */
  private int answer(XAResource recovery, XaCall.Order order) throws XAException {
    try {
      dialect.ask(recovery, order.asQuestion());
      return XAResource.XA_OK;
    } catch (XAException e) {
      if (e.errorCode == XAException.XAER_RMFAIL) {
        var unused = list(recovery);
      }
      return e.errorCode;
    }
  }
}
