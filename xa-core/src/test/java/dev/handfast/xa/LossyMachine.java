package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.simulated.MemoryDisk;
import dev.handfast.xa.simulated.Trouble;
import dev.handfast.xa.spi.XidKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A machine that loses its power, or whose process is killed, again and again, in starts, in work,
 * in recovery and in orders. Its resource managers stand elsewhere and keep what they prepared.
 * What was told of each transaction is held against what they did.
 */
final class LossyMachine {

  /** How likely an operation of the disk is the last one; writes of a start are far less so. */
  private static final double[] RATES = {0.1, 0.03, 0.01, 0.003, 0.001};

  private static final double OF_A_WRITE_IN_A_START = 0.01;
  private static final int FORCES_OF_A_START = 16;
  private static final int MOST_LOST_STARTS = 5;
  private static final int MOST_LIVES = 4;
  private static final int MOST_PASSES = 20;

  /** More than the slot file has room for before it grows. */
  private static final int PILE = 300;

  /** What was told of a transaction before the power went. */
  private enum Told {
    COMMITTED,
    ROLLED_BACK,
    UNSURE,
    /** An operator has ordered to roll back what may be committed in part. */
    OVERRULED
  }

  /** What the operator was told of his order to overrule a decision. */
  private enum Logged {
    YES,
    NO,
    UNKNOWN
  }

  /**
   * A decision that an operator overruled.
   *
   * @param committed where it had been carried out until then
   */
  private record Overruled(Set<String> committed, Logged logged) {

    /** Where it may be carried out in the end. */
    List<Set<String>> right(Set<String> everywhere) {
      return switch (logged) {
        case YES -> List.of(committed);
        case NO -> List.of(Set.of(), everywhere);
        case UNKNOWN -> List.of(committed, everywhere);
      };
    }
  }

  private final RandomGenerator random;
  private final Path place;
  private final String seed;
  private final Map<String, Set<String>> worked = new ConcurrentHashMap<>();
  private final Map<String, Told> told = new ConcurrentHashMap<>();
  private final Set<String> meddledWith = ConcurrentHashMap.newKeySet();
  private final Map<String, Action> orders = new ConcurrentHashMap<>();
  private final Set<String> carriedOut = ConcurrentHashMap.newKeySet();

  /** Decisions that an operator overruled. */
  private final Map<String, Overruled> overruled = new ConcurrentHashMap<>();

  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final List<String> history = new CopyOnWriteArrayList<>();
  private MemoryDisk disk = new MemoryDisk();
  private List<ScriptedRm> resources =
      List.of(new ScriptedRm("orders"), new ScriptedRm("stock"), new ScriptedRm("events").broker());
  private volatile boolean starting;
  private volatile boolean mayFail;
  private int images;

  LossyMachine(long seed, Path place) {
    this.random = new SplittableRandom(seed);
    this.place = place;
    this.seed = "seed " + seed + ": ";
  }

  /** Lives and dies some times, and then is left in peace. */
  void run() throws Exception {
    leaveStrangers();
    int lives = 1 + random.nextInt(MOST_LIVES);
    for (int life = 0; life < lives; life++) {
      live(anywhere());
      die();
      for (int starts = random.nextInt(MOST_LOST_STARTS); starts > 0; starts--) {
        live(beforeAForce(random.nextInt(FORCES_OF_A_START)));
        die();
      }
    }
    settle();
    audit();
  }

  /**
   * Lives once, and once more while operations fail, and then is left in peace.
   *
   * @return how many operations there were meanwhile
   */
  int runFailing(Trouble failures) throws Exception {
    leaveStrangers();
    live(Trouble.NONE);
    die();
    return runFailingFirst(failures);
  }

  /** As {@link #runFailing}, from the start on that makes the log. */
  int runFailingFirst(Trouble failures) throws Exception {
    mayFail = true;
    live(failures);
    int operations = disk.operations();
    die();
    settle();
    audit();
    return operations;
  }

  /** How many transactions there were. */
  int transactions() {
    return worked.size();
  }

  /** From how many images of the disk there was a start. */
  int images() {
    return images;
  }

  /** How many waited for an operator in the end. */
  int quarantined() {
    return waiting.size();
  }

  /** Transactions that the log knows nothing of: an operator must decide. */
  private void leaveStrangers() {
    for (int count = random.nextInt(3); count > 0; count--) {
      Xid first = Xids.of(Nodes.NAME + "~zzzzzz", 1);
      for (byte branch = 0; branch < resources.size(); branch++) {
        byte[] bqual = {branch};
        resources
            .get(branch)
            .leavePrepared(Xids.of(Xids.FORMAT, first.getGlobalTransactionId(), bqual));
      }
      orders.put(XidKey.of(first).gtrid(), random.nextBoolean() ? Action.COMMIT : Action.ROLLBACK);
    }
  }

  private Handfast start() {
    starting = true;
    try {
      return OnDisk.start(Nodes.builder(place, resources.toArray(ScriptedRm[]::new)), disk);
    } finally {
      starting = false;
    }
  }

  private void live(Trouble loss) throws Exception {
    List<ScriptedRm> mine = resources;
    disk.whenLost(() -> mine.forEach(ScriptedRm::goDown));
    disk.trouble(loss);
    Handfast handfast;
    try {
      handfast = start();
    } catch (RuntimeException e) {
      if (!disk.isLost()) {
        refused(e);
        return;
      }
      history.add("lost in a start");
      return;
    }
    try {
      work(handfast);
    } finally {
      disk.losePower();
      close(handfast);
    }
  }

  /** It says which file it is, and what helps. */
  private void refused(RuntimeException why) {
    if (!mayFail) {
      throw new AssertionError(what("a start was refused"), why);
    }
    history.add("refused: " + why.getMessage());
    assertThat(why).as(what("refusal")).hasMessageContainingAll(place.toString(), "To solve this");
    disk.losePower();
  }

  private Trouble anywhere() {
    double rate = RATES[random.nextInt(RATES.length)];
    RandomGenerator dice = new SplittableRandom(random.nextLong());
    return (number, operation) -> {
      boolean rare = starting && operation.equals("write");
      return dice.nextDouble() < (rare ? rate * OF_A_WRITE_IN_A_START : rate)
          ? Trouble.Effect.POWER_LOST
          : Trouble.Effect.WORKS;
    };
  }

  /** At the force of a number, of which a start has many. */
  private static Trouble beforeAForce(int last) {
    AtomicInteger forces = new AtomicInteger();
    return (number, operation) ->
        operation.startsWith("force") && forces.getAndIncrement() == last
            ? Trouble.Effect.POWER_LOST
            : Trouble.Effect.WORKS;
  }

  private void close(Handfast handfast) {
    try {
      handfast.close();
    } catch (RuntimeException e) {
      history.add("closed with " + e.getClass().getSimpleName());
    }
  }

  private void work(Handfast handfast) throws InterruptedException {
    if (random.nextInt(20) == 0) {
      pileUp(handfast);
    }
    if (random.nextInt(3) == 0) {
      ScriptedRm slow = resources.get(random.nextInt(resources.size()));
      slow.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    }
    int threads = 1 + random.nextInt(random.nextInt(4) == 0 ? 16 : 4);
    int each = 1 + random.nextInt(12);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      RandomGenerator mine = new SplittableRandom(random.nextLong());
      all.add(new Thread(() -> transact(handfast, each, mine)));
    }
    RandomGenerator operators = new SplittableRandom(random.nextLong());
    all.add(new Thread(() -> operate(handfast, operators)));
    all.forEach(Thread::start);
    for (Thread thread : all) {
      thread.join();
    }
    history.add(threads + " threads, " + (disk.isLost() ? "lost" : "to the end"));
  }

  /** Decisions that nobody can be told of. */
  private void pileUp(Handfast handfast) {
    resources.forEach(rm -> rm.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY)));
    for (int i = 0; i < PILE && !disk.isLost(); i++) {
      one(handfast, resources);
    }
    history.add("piled up");
  }

  private void transact(Handfast handfast, int count, RandomGenerator mine) {
    for (int i = 0; i < count && !disk.isLost(); i++) {
      for (int answers = mine.nextInt(3); answers > 0; answers--) {
        misbehave(resources.get(mine.nextInt(resources.size())), mine);
      }
      List<ScriptedRm> on = new ArrayList<>(resources);
      for (int less = mine.nextInt(resources.size()); less > 0; less--) {
        on.remove(mine.nextInt(on.size()));
      }
      one(handfast, on);
    }
  }

  private static void misbehave(ScriptedRm rm, RandomGenerator mine) {
    int fails = XAException.XAER_RMFAIL;
    switch (mine.nextInt(8)) {
      case 0 -> rm.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBROLLBACK));
      case 1 -> rm.then(XaStep.PREPARE, Answer.lost(fails));
      case 2 -> rm.then(XaStep.COMMIT, Answer.lost(fails));
      case 3 -> rm.then(XaStep.COMMIT, Answer.fails(fails));
      case 4 -> rm.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
      case 5 -> rm.then(XaStep.ROLLBACK, Answer.lost(fails));
      case 6 -> rm.then(XaStep.ONE_PHASE, Answer.lost(fails));
      default -> rm.then(XaStep.RECOVER, Answer.fails(fails));
    }
  }

  private void one(Handfast handfast, List<ScriptedRm> on) {
    @Nullable String[] gtrid = new String[1];
    try {
      handfast.run(() -> gtrid[0] = enlist(handfast, on));
      tell(gtrid[0], Told.COMMITTED);
    } catch (RolledBackException e) {
      tell(gtrid[0], Told.ROLLED_BACK);
    } catch (HeuristicOutcomeException e) {
      tell(gtrid[0], Told.UNSURE);
    } catch (RuntimeException e) {
      bodyFailed(gtrid[0], e);
    }
  }

  /** What the body throws is thrown again, and the transaction rolled back. */
  private void bodyFailed(@Nullable String gtrid, RuntimeException why) {
    if (!mayFail && !disk.isLost()) {
      throw new AssertionError(what("a body failed"), why);
    }
    if (gtrid != null) {
      tell(gtrid, Told.ROLLED_BACK);
    }
  }

  private String enlist(Handfast handfast, List<ScriptedRm> on) {
    String gtrid = null;
    for (ScriptedRm rm : on) {
      handfast.resource(rm).work();
      gtrid = handfast.resource(rm).transaction().gtrid();
    }
    Set<String> names = new TreeSet<>();
    on.forEach(rm -> names.add(rm.name()));
    worked.put(gtrid, names);
    return gtrid;
  }

  private void tell(@Nullable String gtrid, Told outcome) {
    if (gtrid != null && !disk.isLost()) {
      told.putIfAbsent(gtrid, outcome);
    }
  }

  /** Recovery, orders, and an administrator who ends branches in a resource manager. */
  private void operate(Handfast handfast, RandomGenerator mine) {
    for (int i = mine.nextInt(6); i > 0 && !disk.isLost(); i--) {
      try {
        switch (mine.nextInt(6)) {
          case 0 -> order(handfast, mine);
          case 1 -> overrule(handfast, mine);
          case 2 -> endAlone(mine);
          default -> handfast.recovery().recover(Duration.ZERO);
        }
      } catch (RuntimeException e) {
        if (!mayFail && !disk.isLost()) {
          throw new AssertionError(what("recovery or an order failed"), e);
        }
        history.add("operator was told " + e);
      }
    }
  }

  private void order(Handfast handfast, RandomGenerator mine) {
    List<String> all = List.copyOf(orders.keySet());
    if (all.isEmpty()) {
      return;
    }
    String gtrid = all.get(mine.nextInt(all.size()));
    Selection selection = Selection.of(gtrid).withForce();
    ActionReport report =
        orders.get(gtrid) == Action.COMMIT
            ? handfast.recovery().commit(selection, "power loss")
            : handfast.recovery().rollback(selection, "power loss");
    if (hasResult(report, TransactionResult.Outcome.DONE) && !disk.isLost()) {
      carriedOut.add(gtrid);
    }
  }

  /** A decision that has not reached everybody is turned. */
  private void overrule(Handfast handfast, RandomGenerator mine) {
    List<InDoubtTransaction> decided =
        handfast.recovery().inDoubt(Filter.all()).transactions().stream()
            .filter(transaction -> worked.containsKey(transaction.gtrid()))
            .toList();
    if (decided.isEmpty()) {
      return;
    }
    String gtrid = decided.get(mine.nextInt(decided.size())).gtrid();
    told.put(gtrid, Told.OVERRULED);
    Logged logged = Logged.UNKNOWN;
    try {
      logged = logged(handfast.recovery().rollback(Selection.of(gtrid).withForce(), "power loss"));
    } finally {
      Overruled order = new Overruled(committed(gtrid), disk.isLost() ? Logged.UNKNOWN : logged);
      overruled.merge(gtrid, order, (first, next) -> first.logged() == Logged.YES ? first : next);
    }
  }

  private static Logged logged(ActionReport report) {
    for (TransactionResult result : report.transactions()) {
      if (result.outcome() == TransactionResult.Outcome.DONE) {
        return Logged.YES;
      }
      if (result.outcome() == TransactionResult.Outcome.INCOMPLETE) {
        return logged(result.reason());
      }
    }
    return Logged.NO;
  }

  private static Logged logged(String incomplete) {
    if (Stream.of("It was not logged", "the audit log", "it is not any more")
        .anyMatch(incomplete::startsWith)) {
      return Logged.NO;
    }
    return Stream.of("Whether it is logged", "It failed").anyMatch(incomplete::startsWith)
        ? Logged.UNKNOWN
        : Logged.YES;
  }

  private static boolean hasResult(ActionReport report, TransactionResult.Outcome outcome) {
    return report.transactions().stream().anyMatch(result -> result.outcome() == outcome);
  }

  private void endAlone(RandomGenerator mine) {
    ScriptedRm rm = resources.get(mine.nextInt(resources.size()));
    List<Xid> all = rm.inDoubt();
    if (!all.isEmpty()) {
      Xid xid = all.get(mine.nextInt(all.size()));
      meddledWith.add(XidKey.of(xid).gtrid());
      rm.decideAlone(xid, mine.nextBoolean() ? XAException.XA_HEURRB : XAException.XA_HEURCOM);
    }
  }

  /** The runtime is gone, and its machine with it or not. */
  private void die() {
    images++;
    boolean kill = random.nextBoolean();
    disk = kill ? disk.afterKill(random) : disk.afterPowerLoss(random);
    history.add(kill ? "killed" : "machine lost");
    resources = resources.stream().map(ScriptedRm::successor).toList();
  }

  private void settle() {
    try (Handfast handfast = start()) {
      RecoveryReport report = handfast.recovery().recover(Duration.ZERO);
      for (int pass = 0; pass < MOST_PASSES && !report.isComplete(); pass++) {
        report = handfast.recovery().recover(Duration.ZERO);
      }
      List<InDoubtTransaction> left = handfast.recovery().inDoubt(Filter.all()).transactions();
      requireTrust(handfast);
      for (InDoubtTransaction transaction : left) {
        leftInDoubt(transaction);
      }
    }
  }

  /** Neither a loss of power nor an operation that fails once makes the log doubtful. */
  private void requireTrust(Handfast handfast) {
    assertThat(handfast.recovery().status().attention())
        .as(what("what is told of the log"))
        .noneMatch(text -> text.startsWith("The log store"));
  }

  /** The first write of a decision may be torn: then nothing was told, and an operator decides. */
  private void leftInDoubt(InDoubtTransaction transaction) {
    String gtrid = transaction.gtrid();
    if (!orders.containsKey(gtrid) && !meddledWith.contains(gtrid)) {
      assertThat(transaction.state())
          .as(what(gtrid))
          .isEqualTo(InDoubtTransaction.State.QUARANTINED);
      waiting.add(gtrid);
      assertThat(told.get(gtrid)).as(what(gtrid)).isIn(null, Told.UNSURE, Told.OVERRULED);
    }
  }

  private void audit() {
    worked.forEach(
        (gtrid, names) -> {
          if (!meddledWith.contains(gtrid) && !waiting.contains(gtrid)) {
            audit(gtrid, names);
          }
        });
    orders.keySet().forEach(this::auditOrder);
  }

  private void audit(String gtrid, Set<String> names) {
    Set<String> committed = committed(gtrid);
    Told outcome = told.get(gtrid);
    if (outcome == Told.OVERRULED) {
      Overruled order = overruled.get(gtrid);
      assertThat(committed).as(what(gtrid + " was overruled: " + order)).isIn(order.right(names));
      return;
    }
    if (outcome == Told.COMMITTED) {
      assertThat(committed).as(what(gtrid + " was told committed")).isEqualTo(names);
    } else if (outcome == Told.ROLLED_BACK) {
      assertThat(committed).as(what(gtrid + " was told rolled back")).isEmpty();
    } else {
      assertThat(committed).as(what(gtrid + " was told " + outcome)).isIn(Set.of(), names);
    }
    if (!committed.isEmpty()) {
      assertThat(prepared(gtrid)).as(what(gtrid + " is committed in part")).isFalse();
    }
  }

  /** An order that was told as done has reached everybody; no other has been mixed up. */
  private void auditOrder(String gtrid) {
    if (meddledWith.contains(gtrid)) {
      return;
    }
    Set<String> committed = committed(gtrid);
    Set<String> rolledBack = named(gtrid, false);
    if (orders.get(gtrid) == Action.COMMIT) {
      assertThat(rolledBack).as(what(gtrid + " was ordered to commit")).isEmpty();
    } else {
      assertThat(committed).as(what(gtrid + " was ordered to roll back")).isEmpty();
    }
    if (carriedOut.contains(gtrid)) {
      assertThat(prepared(gtrid)).as(what("the order for " + gtrid + " was done")).isFalse();
    } else if (!committed.isEmpty() || !rolledBack.isEmpty()) {
      assertThat(prepared(gtrid)).as(what("the order for " + gtrid + " has begun")).isFalse();
    }
  }

  private Set<String> committed(String gtrid) {
    return named(gtrid, true);
  }

  private Set<String> named(String gtrid, boolean committed) {
    Set<String> names = new TreeSet<>();
    for (ScriptedRm rm : resources) {
      List<String> all = committed ? rm.committed() : rm.rolledBack();
      long times = all.stream().filter(gtrid::equals).count();
      assertThat(times).as(what(gtrid + " on " + rm.name())).isLessThanOrEqualTo(1);
      if (times > 0) {
        names.add(rm.name());
      }
    }
    return names;
  }

  private boolean prepared(String gtrid) {
    return resources.stream()
        .flatMap(rm -> rm.inDoubt().stream())
        .anyMatch(xid -> XidKey.of(xid).gtrid().equals(gtrid));
  }

  private String what(String subject) {
    return seed + subject + " after " + history;
  }
}
