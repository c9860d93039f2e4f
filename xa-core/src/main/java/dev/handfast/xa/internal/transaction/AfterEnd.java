package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.transaction.Synchronizations.Group;
import dev.handfast.xa.spi.MessageLog;

/** What follows the end of a transaction, step by step, whatever another step throws. */
final class AfterEnd {

  private static final MessageLog LOG = MessageLog.of(AfterEnd.class);

  private final RunningTransactionSet running;
  private final ThreadTransactions threads;

  AfterEnd(RunningTransactionSet running, ThreadTransactions threads) {
    this.running = running;
    this.threads = threads;
  }

  /** Its connections go back first; then the application is told, outside of any transaction. */
  void of(LiveTransaction live, Completion end) {
    follow(live, end, () -> live.over(end));
    follow(live, end, () -> threads.leave(live));
    tell(Group.RESOURCE, live, end);
    follow(live, end, () -> live.lifecycle().release());
    follow(live, end, () -> running.remove(live));
    follow(live, end, live::logged);
    if (live.synchronizations().haveFollowers()) {
      running.follow(() -> tellApplication(live, end));
    }
    follow(live, end, live.values()::clear);
  }

  private static void tellApplication(LiveTransaction live, Completion end) {
    tell(Group.INTERPOSED, live, end);
    tell(Group.APPLICATION, live, end);
  }

  private static void tell(Group group, LiveTransaction live, Completion end) {
    follow(live, end, () -> live.synchronizations().after(group, live, end.status()));
  }

  /** A step that fails is tried once more, and keeps no other one from its turn. */
  private static void follow(LiveTransaction live, Completion end, Runnable step) {
    if (!isDone(live, end, step, "is tried again")) {
      isDone(live, end, step, "is left");
    }
  }

  private static boolean isDone(
      LiveTransaction live, Completion end, Runnable step, String otherwise) {
    try {
      step.run();
      return true;
    } catch (Throwable e) {
      say(live, end, otherwise, e);
      return false;
    }
  }

  /** What made the step fail, such as a stack that is full, may keep it from being said as well. */
  private static void say(
      LiveTransaction live, Completion end, String otherwise, Throwable failure) {
    try {
      LOG.errorf(
          failure,
          "HANDFAST001057 What follows the end of %s failed and %s; its outcome stands: %s",
          live,
          otherwise,
          end);
    } catch (Throwable e) {
      failure.addSuppressed(e);
    }
  }
}
