package dev.handfast.xa.scripted;

import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the application works with. */
public final class ScriptedHandle {

  private static final Object BRANCH = new Object();

  private final ScriptedRm rm;
  private final ResourceContext context;
  private final List<Branch> finished = new CopyOnWriteArrayList<>();

  ScriptedHandle(ScriptedRm rm, ResourceContext context) {
    this.rm = rm;
    this.context = context;
  }

  /** Takes part in the transaction of the thread, once per transaction. */
  public Branch work() {
    GlobalTransaction transaction = context.current();
    if (transaction == null) {
      throw new IllegalStateException("no transaction");
    }
    if (transaction.get(BRANCH) instanceof Branch known) {
      return known;
    }
    if (!transaction.acceptsWork()) {
      throw new IllegalStateException(transaction.refusal());
    }
    try {
      Branch branch = transaction.enlist(rm.connection());
      transaction.put(BRANCH, branch);
      branch.whenFinished(() -> finished.add(branch));
      return branch;
    } catch (EnlistmentException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The transaction of the thread, or null. */
  public @Nullable GlobalTransaction transaction() {
    return context.current();
  }

  /** The branches whose end was told, in order. */
  public List<Branch> finished() {
    return List.copyOf(finished);
  }
}
