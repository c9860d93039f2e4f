package dev.handfast.xa.internal.rm;

import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Commits and rolls back branches on one resource manager, whose own answer alone ends a branch.
 * The listener is told how each ended. Safe for use by many threads.
 */
final class BranchFinisher {

  private static final MessageLog LOG = MessageLog.of(BranchFinisher.class);

  private final String name;
  private final RmLink link;
  private final NotaConfirmation nota;
  private final RecoveryListener listener;
  private final Map<XidKey, Heuristic> heuristic = new ConcurrentHashMap<>();
  private final Set<XidKey> unfinished = ConcurrentHashMap.newKeySet();
  private final HeldBranches held;
  private final AtomicInteger resolved = new AtomicInteger();

  BranchFinisher(RmLink link, NotaConfirmation nota, RecoveryListener listener) {
    this.name = link.name();
    this.link = link;
    this.nota = nota;
    this.listener = listener;
    this.held = new HeldBranches(link.name());
  }

  /** Passes begin: what they end is counted from here on. */
  void begin() {
    resolved.set(0);
  }

  /** How many branches came to an end since the passes began. */
  int resolved() {
    return resolved.get();
  }

  /** How a branch was ended by its resource manager alone, if it was. */
  @Nullable Heuristic heuristic(XidKey branch) {
    return heuristic.get(branch);
  }

  /** What waits for an operator, or may do so. */
  void addAttention(List<String> concerns) {
    if (!heuristic.isEmpty()) {
      concerns.add(listed(heuristic.size(), "branches that it ended on its own"));
    }
    if (held.count() > 0) {
      concerns.add(listed(held.count(), "branches that live sessions of it hold"));
    }
  }

  private String listed(int count, String what) {
    return "'" + name + "' lists " + count + " " + what;
  }

  /** The branches that live sessions of the resource manager hold. */
  HeldBranches held() {
    return held;
  }

  /** The complete list came: what it does not name is no longer kept there. */
  void retain(Set<XidKey> listed) {
    heuristic.keySet().retainAll(listed);
    held.retain(listed);
  }

  /**
   * A complete list came that was asked for after every NOTA so far: it tells what they mean.
   *
   * @return those that were never decided and are not there any more
   */
  Set<XidKey> confirm(List<Xid> listed) {
    NotaConfirmation.Findings found =
        nota.listed(listed.stream().map(XidKey::of).collect(Collectors.toSet()));
    held.found(found.held());
    found.committed().forEach(branch -> end(branch, BranchState.COMMITTED));
    return found.gone();
  }

  /**
   * Commits a decided branch; NOTA means nothing before {@link #confirm}.
   *
   * @throws XAException if there was no answer that tells what became of it
   */
  void commit(XidKey key) throws XAException {
    Xid xid = key.xid();
    try {
      link.order(resource -> resource.commit(xid, false));
      end(key, BranchState.COMMITTED);
    } catch (XAException e) {
      switch (e.errorCode) {
        case XAException.XAER_NOTA -> nota.heard(key, NotaConfirmation.Told.COMMIT);
        case XAException.XA_HEURCOM -> {
          forgetDecided(xid);
          end(key, BranchState.COMMITTED);
        }
        case XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_HEURHAZ ->
            keepHeuristic(key, e);
        default -> throw e;
      }
    }
  }

  /**
   * Rolls back a branch that was never decided; NOTA means nothing before {@link #confirm}.
   *
   * @throws XAException if there was no answer that tells what became of it
   */
  void rollback(XidKey key, Xid xid) throws XAException {
    try {
      link.order(resource -> resource.rollback(xid));
      end(key, BranchState.ROLLED_BACK);
    } catch (XAException e) {
      if (XaErrors.isRollback(e.errorCode) || e.errorCode == XAException.XA_HEURRB) {
        forgetDecided(xid);
        end(key, BranchState.ROLLED_BACK);
      } else if (XaErrors.isHeuristic(e.errorCode)) {
        keepHeuristic(key, e);
      } else if (e.errorCode == XAException.XAER_NOTA) {
        nota.heard(key, NotaConfirmation.Told.ROLLBACK);
      } else {
        throw e;
      }
    }
  }

  /** There was no answer: it is said once of each branch, every pass tries again. */
  void failed(String what, XidKey key, XAException error) {
    if (unfinished.add(key)) {
      LOG.warnf(
          error,
          "HANDFAST001031 Recovery could not %s %s of '%s'; every pass tries again",
          what,
          key,
          name);
    }
  }

  /** A branch came to its end. */
  void end(XidKey key, BranchState state) {
    nota.forget(key);
    unfinished.remove(key);
    held.forget(key);
    resolved.incrementAndGet();
    listener.finished(name, key, state);
  }

  /** The resource manager does not know a heuristic branch any more. */
  void forgotten(XidKey key) {
    heuristic.remove(key);
  }

  /** Keeps a branch that its resource manager ended alone, until an operator decides. */
  void keepHeuristic(XidKey key, XAException error) {
    Heuristic kind = XaErrors.heuristic(error);
    if (heuristic.put(key, kind) == null) {
      LOG.errorf(
          "HANDFAST001032 '%s' ended %s on its own: %s. It is kept until an operator decides.",
          name, key, XaErrors.name(error.errorCode));
    }
    listener.ended(name, key, kind);
  }

  /** Lets the resource manager forget an outcome that was the decided one. */
  void forgetDecided(Xid xid) {
    try {
      link.order(resource -> resource.forget(xid));
    } catch (XAException e) {
      LOG.debugf(e, "'%s' could not forget an outcome that was the decided one", name);
    }
  }
}
