package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.spi.XidKey;
import java.util.List;

/** The transaction manager's recovery, driven one pass at a time by {@link RecoveryService}. */
public interface RecoveryEngine {

  /** Gives the engine the resource managers to work on. Called once, before the first pass. */
  void use(List<RmFacade> resources);

  /**
   * One pass: every logged decision that can be carried out is carried out, every listed branch of
   * ours that is neither live nor logged is rolled back. Never called by two threads at once.
   */
  void pass();

  /** Whether a branch's transaction is running in this process. */
  boolean isLive(XidKey branch);

  /** How many decisions of transactions that are not live are in the log. */
  int logged();
}
