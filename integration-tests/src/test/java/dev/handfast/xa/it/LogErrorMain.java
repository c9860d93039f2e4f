package dev.handfast.xa.it;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.Resolution;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.testkit.contract.TestXid;
import dev.handfast.xa.testkit.crash.CrashChild;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Threads that decide transactions at the same time on a log that throws at one place. Orders: a
 * place, what it throws, and at which of its calls; or {@code always}.
 */
public final class LogErrorMain {

  private static final int THREADS = 16;
  private static final int EACH = 3;
  private static final long PATIENCE_SECONDS = 30;
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile String due = "";

  private final BranchLedger ledger = new BranchLedger();
  private final Decisions decisions;

  private LogErrorMain(Tenure tenure) {
    this.decisions =
        new Decisions(tenure, ledger, gtrids -> Set.of(), TestXid.FORMAT_ID, Platform.system());
  }

  /** For the rules: whether a place is to throw this now. */
  public static boolean isDue(String point, String thrown) {
    return due.equals("always " + point + " " + thrown)
        || (due.equals(point + " " + thrown) && LEFT.decrementAndGet() == 0);
  }

  /** Takes the directory under which each case gets one of its own. */
  public static void main(String[] arguments) throws Exception {
    CrashChild parent = CrashChild.attach();
    for (int number = 0; ; number++) {
      String[] order = parent.next().split(" ");
      parent.answer(run(Path.of(arguments[0], "log-" + number), order));
    }
  }

  private static Tenure open(Path directory) {
    return Tenure.open(LogStoreSettings.file(directory), new NodeName("errors"), Platform.system());
  }

  private static String run(Path directory, String[] order) throws Exception {
    Map<Gtrid, Resolution> told = new LinkedHashMap<>();
    String after;
    try (Tenure tenure = open(directory)) {
      LogErrorMain main = new LogErrorMain(tenure);
      told.putAll(main.decide(1));
      plan(order);
      told.putAll(main.together());
      due = "";
      Map<Gtrid, Resolution> last = main.decide(1);
      told.putAll(last);
      after = last.values().toString();
    } catch (TimeoutException e) {
      return "hung";
    } catch (ExecutionException e) {
      return "escaped: " + e.getCause();
    } finally {
      due = "";
    }
    try (Tenure again = open(directory)) {
      return check(told, again) + "; afterwards " + after;
    }
  }

  private static void plan(String[] order) {
    boolean always = order[2].equals("always");
    LEFT.set(always ? 0 : Integer.parseInt(order[2]));
    due = (always ? "always " : "") + order[0] + " " + order[1];
  }

  private Map<Gtrid, Resolution> together() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    List<FutureTask<Map<Gtrid, Resolution>>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      FutureTask<Map<Gtrid, Resolution>> task =
          new FutureTask<>(
              () -> {
                begin.await();
                return decide(EACH);
              });
      all.add(task);
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
    }
    begin.countDown();
    Map<Gtrid, Resolution> told = new LinkedHashMap<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (FutureTask<Map<Gtrid, Resolution>> task : all) {
      told.putAll(task.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS));
    }
    return told;
  }

  private Map<Gtrid, Resolution> decide(int times) throws XAException {
    Map<Gtrid, Resolution> told = new LinkedHashMap<>();
    for (int i = 0; i < times; i++) {
      Xid xid = TestXid.usual();
      BranchResource branch = ledger.wrap(new Voter(), "orders", new Unasked());
      branch.start(xid, XAResource.TMNOFLAGS);
      branch.end(xid, XAResource.TMSUCCESS);
      branch.prepare(xid);
      Gtrid gtrid = Gtrid.of(xid);
      told.put(gtrid, decisions.decide(gtrid, true));
    }
    return told;
  }

  /** Each answer against what a new start finds. */
  private static String check(Map<Gtrid, Resolution> told, Tenure again) {
    Set<Gtrid> logged =
        again.decisions().stream().map(DecisionRecord::gtrid).collect(Collectors.toSet());
    int untrue = 0;
    int open = 0;
    for (Map.Entry<Gtrid, Resolution> each : told.entrySet()) {
      boolean there = logged.contains(each.getKey());
      untrue += each.getValue() instanceof Resolution.Decided && !there ? 1 : 0;
      untrue += each.getValue() instanceof Resolution.Refused && there ? 1 : 0;
      open += each.getValue() instanceof Resolution.Open ? 1 : 0;
    }
    return "untrue " + untrue + ", open " + open;
  }

  /** Votes to commit. */
  private static final class Voter extends TestBranch {

    @Override
    public int prepare(Xid xid) {
      return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {}

    @Override
    public void rollback(Xid xid) {}

    @Override
    public void forget(Xid xid) {}

    @Override
    public Xid[] recover(int flag) {
      return new Xid[0];
    }
  }

  /** Nobody asks recovery here. */
  private static final class Unasked implements Recoverability {

    @Override
    public CommitRank commitRank() {
      return CommitRank.DATABASE;
    }

    @Override
    public @Nullable String enlistmentRefusal() {
      return null;
    }

    @Override
    public ListAnswer lists(Xid xid) {
      return ListAnswer.NO_ANSWER;
    }
  }
}
