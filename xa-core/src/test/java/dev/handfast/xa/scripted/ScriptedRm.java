package dev.handfast.xa.scripted;

import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A resource manager in memory that keeps to the protocol: it refuses calls in the wrong state,
 * remembers prepared branches over "restarts" of its client, and answers as it is told. Safe for
 * use by many threads.
 */
public final class ScriptedRm implements Resource<ScriptedHandle> {

  /** Where a branch is. */
  enum State {
    ACTIVE,
    ENDED,
    PREPARED
  }

  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<XidKey, State> branches = new LinkedHashMap<>();
  private final Map<XidKey, Xid> prepared = new LinkedHashMap<>();
  private final Map<XidKey, Integer> heuristic = new LinkedHashMap<>();
  private final List<String> committed = new CopyOnWriteArrayList<>();
  private final List<String> rolledBack = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<XaStep, Deque<Answer>> script = new EnumMap<>(XaStep.class);
  private final Map<XaStep, Answer> always = new EnumMap<>(XaStep.class);
  private final List<ScriptedManager> opened = new CopyOnWriteArrayList<>();

  volatile List<Finding> findings = List.of();
  volatile boolean down;
  volatile String id;
  volatile CommitRank rank = CommitRank.DATABASE;
  volatile boolean requiredAtStart = true;
  volatile boolean losesVotesOnClose;
  volatile @Nullable RuntimeException openFailure;
  volatile @Nullable RuntimeException closeFailure;
  volatile Answer.@Nullable Gate preflightGate;
  volatile @Nullable Instant preparedAt;
  volatile boolean tellsDetails = true;
  volatile @Nullable List<String> witness;
  final AtomicInteger checks = new AtomicInteger();

  public ScriptedRm(String name) {
    this.name = name;
    this.id = name;
  }

  /**
   * As it is found by a new client after the old one has gone: what was prepared is there still,
   * and what had not voted is rolled back. Its script is empty.
   */
  public ScriptedRm successor() {
    ScriptedRm next = new ScriptedRm(name);
    next.rank = rank;
    lock.lock();
    try {
      prepared.forEach((key, xid) -> next.leavePrepared(xid));
      next.heuristic.putAll(heuristic);
      next.committed.addAll(committed);
      next.rolledBack.addAll(rolledBack);
    } finally {
      lock.unlock();
    }
    return next;
  }

  /** The next calls answer this, one after the other; later ones as asked. */
  public ScriptedRm then(XaStep step, Answer... answers) {
    lock.lock();
    try {
      script.computeIfAbsent(step, key -> new ArrayDeque<>()).addAll(List.of(answers));
    } finally {
      lock.unlock();
    }
    return this;
  }

  /** Every call without an answer of its own answers this. */
  public ScriptedRm always(XaStep step, Answer answer) {
    lock.lock();
    try {
      always.put(step, answer);
    } finally {
      lock.unlock();
    }
    return this;
  }

  /** Answers as asked from now on. */
  public ScriptedRm behave() {
    lock.lock();
    try {
      script.clear();
      always.clear();
    } finally {
      lock.unlock();
    }
    down = false;
    return this;
  }

  /** Every call fails as if nobody were there. */
  public ScriptedRm goDown() {
    down = true;
    return this;
  }

  public ScriptedRm findings(Finding... found) {
    findings = List.of(found);
    return this;
  }

  /** Is another one from now on, by its own word. */
  public ScriptedRm becomes(String other) {
    id = other;
    return this;
  }

  /** Every call is also noted there, after the name: to compare the order with others' calls. */
  public ScriptedRm seenBy(List<String> all) {
    witness = all;
    return this;
  }

  /** It is told to commit after the databases. */
  public ScriptedRm broker() {
    rank = CommitRank.BROKER;
    return this;
  }

  public ScriptedRm optionalAtStart() {
    requiredAtStart = false;
    return this;
  }

  public ScriptedRm preparedAt(Instant time) {
    preparedAt = time;
    return this;
  }

  /** It lists its branches, and fails to tell details of them. */
  public ScriptedRm tellsNoDetails() {
    tellsDetails = false;
    return this;
  }

  public ScriptedRm fragile() {
    losesVotesOnClose = true;
    return this;
  }

  public ScriptedRm failsToOpen(RuntimeException error) {
    openFailure = error;
    return this;
  }

  public ScriptedRm failsToClose(RuntimeException error) {
    closeFailure = error;
    return this;
  }

  /** How often a check has begun. */
  public int checks() {
    return checks.get();
  }

  /** The checks before the start wait for the gate. */
  public ScriptedRm checksWait(Answer.Gate gate) {
    preflightGate = gate;
    return this;
  }

  /** Puts a prepared branch there, as a client that is gone left it. */
  public void leavePrepared(Xid xid) {
    lock.lock();
    try {
      branches.put(XidKey.of(xid), State.PREPARED);
      prepared.put(XidKey.of(xid), xid);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a prepared branch on its own: from now on it answers that code until it is forgotten. */
  public void decideAlone(Xid xid, int code) {
    lock.lock();
    try {
      heuristic.put(XidKey.of(xid), code);
    } finally {
      lock.unlock();
    }
  }

  /** Ends every prepared branch without a trace, as an administrator would. */
  public void loseAll() {
    lock.lock();
    try {
      prepared.keySet().forEach(branches::remove);
      prepared.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The gtrids of committed branches in order. */
  public List<String> committed() {
    return List.copyOf(committed);
  }

  /** The gtrids of branches that were rolled back, in order; without probes. */
  public List<String> rolledBack() {
    return List.copyOf(rolledBack);
  }

  /** Every branch that is prepared or was ended by the resource manager alone. */
  public List<Xid> inDoubt() {
    lock.lock();
    try {
      return List.copyOf(prepared.values());
    } finally {
      lock.unlock();
    }
  }

  /** Branches that were begun and have neither voted nor ended. */
  public int open() {
    lock.lock();
    try {
      return branches.size() - prepared.size();
    } finally {
      lock.unlock();
    }
  }

  /** Every call in order: {@code prepare}, {@code commit} …; those of recovery with {@code r:}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public void clearCalls() {
    calls.clear();
  }

  /** How often the runtime closed what it had opened, and how often it opened. */
  public List<ScriptedManager> opened() {
    return List.copyOf(opened);
  }

  /** An XAResource of a connection of its own. */
  public XAResource connection() {
    return new ScriptedXaResource(this, "");
  }

  Answer answer(XaStep step, String call) throws XAException {
    calls.add(call);
    List<String> all = witness;
    if (all != null) {
      all.add(name + " " + call);
    }
    Answer answer;
    lock.lock();
    try {
      Deque<Answer> next = script.get(step);
      answer =
          next == null || next.isEmpty()
              ? always.getOrDefault(step, Answer.ok())
              : next.removeFirst();
    } finally {
      lock.unlock();
    }
    if (down) {
      throw XaErrors.of(XAException.XAER_RMFAIL, "nobody is there");
    }
    if (answer.gate() != null) {
      answer.gate().pass();
    }
    return answer;
  }

  void start(Xid xid) throws XAException {
    lock.lock();
    try {
      if (branches.putIfAbsent(XidKey.of(xid), State.ACTIVE) != null) {
        throw XaErrors.of(XAException.XAER_DUPID, "started twice");
      }
    } finally {
      lock.unlock();
    }
  }

  void end(Xid xid) throws XAException {
    move(xid, State.ACTIVE, State.ENDED);
  }

  void prepare(Xid xid) throws XAException {
    lock.lock();
    try {
      move(xid, State.ENDED, State.PREPARED);
      prepared.put(XidKey.of(xid), xid);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing to commit: the branch is over. */
  void readOnly(Xid xid) throws XAException {
    remove(xid, State.ENDED);
  }

  void commit(Xid xid, boolean onePhase) throws XAException {
    remove(xid, onePhase ? State.ENDED : State.PREPARED);
    committed.add(XidKey.of(xid).gtrid());
  }

  void rollback(Xid xid) throws XAException {
    remove(xid, State.PREPARED, State.ENDED, State.ACTIVE);
    if (xid.getFormatId() == Xids.FORMAT) {
      rolledBack.add(XidKey.of(xid).gtrid());
    }
  }

  void forget(Xid xid) throws XAException {
    lock.lock();
    try {
      if (heuristic.remove(XidKey.of(xid)) == null) {
        throw XaErrors.of(XAException.XAER_NOTA, "nothing to forget");
      }
      prepared.remove(XidKey.of(xid));
      branches.remove(XidKey.of(xid));
    } finally {
      lock.unlock();
    }
  }

  private void move(Xid xid, State from, State to) throws XAException {
    lock.lock();
    try {
      State state = branches.get(XidKey.of(xid));
      if (state == null) {
        throw XaErrors.of(XAException.XAER_NOTA, "unknown branch");
      }
      if (state != from) {
        throw XaErrors.of(XAException.XAER_PROTO, "the branch is " + state);
      }
      branches.put(XidKey.of(xid), to);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Xid xid, State... allowed) throws XAException {
    lock.lock();
    try {
      XidKey key = XidKey.of(xid);
      Integer decided = heuristic.get(key);
      if (decided != null) {
        throw XaErrors.of(decided, "decided alone");
      }
      State state = branches.get(key);
      if (state == null) {
        throw XaErrors.of(XAException.XAER_NOTA, "unknown branch");
      }
      if (!List.of(allowed).contains(state)) {
        throw XaErrors.of(XAException.XAER_PROTO, "the branch is " + state);
      }
      branches.remove(key);
      prepared.remove(key);
    } finally {
      lock.unlock();
    }
  }

  Xid[] list() {
    List<Xid> all = new ArrayList<>(inDoubt());
    return all.toArray(Xid[]::new);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "scripted";
  }

  @Override
  public Class<ScriptedHandle> handleType() {
    return ScriptedHandle.class;
  }

  @Override
  public ResourceManager<ScriptedHandle> open(ResourceContext context) {
    if (openFailure != null) {
      throw openFailure;
    }
    ScriptedManager manager = new ScriptedManager(this, context);
    opened.add(manager);
    return manager;
  }
}
