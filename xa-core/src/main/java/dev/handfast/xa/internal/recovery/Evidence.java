package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log and the running process say of global transactions. To be asked after the resource
 * managers were listed, what is live before what is logged: a transaction ceases to be live only
 * after its decision is in the log or its branches are finished. Safe for use by many threads.
 */
public interface Evidence {

  /** The transaction manager's format id, which every branch of the log has. */
  int formatId();

  /** Whether a transaction is running in this process. */
  boolean isLive(String gtrid);

  /** Everything that the log holds, of running transactions as well. */
  List<Logged> logged();

  /** What the log holds of a transaction, or null. */
  @Nullable Logged logged(String gtrid);

  /**
   * Whether the log says anything of a branch: it is to be committed, is kept as it ended, or its
   * record cannot be read.
   */
  boolean claims(XidKey branch);

  /** Takes a transaction off the log, all of whose branches are finished; it may come back. */
  void clear(String gtrid);

  /** Branches that this process prepared and that did not come to an end yet. */
  List<Voted> voted();

  /** Records that cannot be read. */
  List<Unreadable> unreadable();

  /** Why unlogged branches of earlier starts are not presumed to be rolled back, or null. */
  @Nullable String distrust();

  /**
   * An operator struck a branch off the log; durable when it returns, or coming back as it was
   * after a crash.
   */
  void strike(XidKey branch);

  /**
   * An operator decided otherwise than the log; durable when it returns, so that recovery goes on
   * with it.
   *
   * @param gtrid the global transaction id in hexadecimal
   * @param commit whether it is to be committed, else rolled back
   * @param prepared the branches that are to be
   */
  void decide(String gtrid, boolean commit, List<Branch> prepared);

  /** An operator gave a record up that cannot be read. */
  void release(Unreadable record);

  /** An operator vouches for the log. */
  void trust();

  /**
   * What the log holds of one transaction.
   *
   * @param gtrid the global transaction id in hexadecimal
   * @param commit whether it is to be committed; else it is kept for its heuristic branches, or
   *     until what an operator overruled is rolled back
   * @param since when it was decided
   * @param open branches that are not known to be finished
   * @param finished branches that are
   */
  record Logged(
      String gtrid, boolean commit, Instant since, List<Branch> open, List<Branch> finished) {

    public Logged {
      open = List.copyOf(open);
      finished = List.copyOf(finished);
    }
  }

  /**
   * One branch that the log names.
   *
   * @param resource the resource's name
   * @param bqual the branch qualifier in hexadecimal
   * @param heuristic how its resource manager ended it on its own, or null
   */
  record Branch(String resource, String bqual, @Nullable Heuristic heuristic) {}

  /**
   * A branch that this process prepared.
   *
   * @param resource the resource's name
   * @param xid of the branch
   */
  record Voted(String resource, XidKey xid) {}

  /**
   * A record that cannot be read.
   *
   * @param gtrid in hexadecimal; empty if not even that can be told
   * @param place where it is
   * @param reason what is wrong with it
   */
  record Unreadable(String gtrid, String place, String reason) {}
}
