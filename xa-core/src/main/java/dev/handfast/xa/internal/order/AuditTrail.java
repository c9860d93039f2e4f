package dev.handfast.xa.internal.order;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.TransactionResult;
import java.io.IOException;
import java.util.List;

/**
 * Where an operator's orders are recorded, before and after. Each call waits for a disk, within a
 * bound: it is made between the turns of recovery, never in one.
 */
public interface AuditTrail {

  /**
   * An order is about to be carried out on these transactions. Durable when it returns.
   *
   * @param action what was ordered
   * @param subject of an order that is not about transactions, else empty
   * @param force whether evidence was overruled
   * @param reason the operator's own words
   * @param evidence what was known of each transaction
   * @throws IOException with the mend, if it could not be written in time; the order is then
   *     refused
   */
  void ordered(
      Action action,
      String subject,
      boolean force,
      String reason,
      List<InDoubtTransaction> evidence)
      throws IOException;

  /** What was done to one transaction, or to the subject. */
  void done(Action action, TransactionResult result) throws IOException;

  /** Everything recorded so far is durable when it returns. */
  void force() throws IOException;
}
