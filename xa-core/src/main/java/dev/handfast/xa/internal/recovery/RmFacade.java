package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.logging.Logger;
import org.jboss.tm.XAResourceWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the transaction manager's recovery and one resource manager. A pass first
 * calls {@link #scan}; {@link #recover} then answers that list and the branches that the log names,
 * without another call. A decided branch ends only by the resource manager's own answer: OK, or
 * NOTA in two passes with a forced round trip between them (facts/artemis.md, trap 2).
 */
public final class RmFacade implements XAResourceWrapper, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RmFacade.class);
  private static final Duration PROBE_LIFE = Duration.ofMinutes(5);
  private static final Xid[] NONE = {};

  private final String name;
  private final ResourceManager<?> manager;
  private final RmWorker worker;
  private final Duration deadline;
  private final XidOwnership ownership;
  private final String probeOwner;
  private final DecidedBranches decided;
  private final RecoveryListener listener;
  private final RmOutage outage;
  private final RmAdmission admission;

  private final Map<XidKey, Boolean> missing = new ConcurrentHashMap<>();
  private final Set<XidKey> heuristic = ConcurrentHashMap.newKeySet();
  private final Set<XidKey> quarantined = ConcurrentHashMap.newKeySet();
  private volatile boolean admitted;
  private volatile boolean checked;
  private volatile List<Xid> listed = List.of();
  private volatile Instant lastScan = Instant.MIN;

  RmFacade(
      String name,
      ResourceManager<?> manager,
      Duration deadline,
      XidOwnership ownership,
      String probeOwner,
      DecidedBranches decided,
      KnownIdentities identities,
      RecoveryListener listener) {
    this.name = name;
    this.manager = manager;
    this.worker = new RmWorker(name, deadline);
    this.deadline = deadline;
    this.ownership = ownership;
    this.probeOwner = probeOwner;
    this.decided = decided;
    this.listener = listener;
    this.outage = new RmOutage(name);
    this.admission = new RmAdmission(name, manager, identities, decided);
  }

  /**
   * Checks whether the resource manager may be used, if that was not done since it was last away. A
   * check makes several calls, so it has several deadlines.
   *
   * @return why it may not be used, or null if it may
   * @throws ResourceUnavailableException if it does not answer
   */
  @Nullable String admit() throws ResourceUnavailableException {
    if (checked) {
      return null;
    }
    String refusal = RmChecks.run(name, worker, deadline, admission);
    checked = refusal == null;
    admitted |= checked;
    return refusal;
  }

  /** Why no branch may be enlisted, or null: what was never checked cannot be recovered. */
  @Nullable String enlistmentRefusal() {
    if (admitted) {
      return null;
    }
    try {
      return admit();
    } catch (ResourceUnavailableException e) {
      return "Resource '" + name + "' cannot be reached by recovery: " + e.getMessage();
    }
  }

  private void requireAdmitted() throws XAException {
    try {
      String refusal = admit();
      if (refusal != null) {
        throw XaErrors.of(XAException.XAER_RMFAIL, refusal);
      }
    } catch (ResourceUnavailableException e) {
      throw XaErrors.of(XAException.XAER_RMFAIL, String.valueOf(e.getMessage()), e);
    }
  }

  /** Lists the resource manager's in-doubt branches; false if it cannot be reached. */
  boolean scan() {
    List<Xid> all;
    try {
      requireAdmitted();
      all = ask(RmFacade::list);
    } catch (XAException e) {
      checked = false;
      listed = List.of();
      missing.clear();
      outage.began(e);
      return false;
    }
    listed = all.stream().filter(this::isOurs).toList();
    lastScan = Instant.now();
    outage.over(listed.size());
    rollBackOldProbes(all);
    reportQuarantined(all);
    Set<XidKey> keys = new HashSet<>();
    listed.forEach(xid -> keys.add(XidKey.of(xid)));
    heuristic.retainAll(keys);
    listener.listed(name, keys);
    return true;
  }

  private static List<Xid> list(XAResource resource) throws XAException {
    Xid[] found = resource.recover(TMSTARTRSCAN);
    resource.recover(TMENDRSCAN);
    return found == null ? List.of() : List.of(found);
  }

  private boolean isOurs(Xid xid) {
    return ownership.of(xid) == XidOwnership.Owner.OURS;
  }

  /** Says once of each branch with our name and another store's id that it is left alone. */
  private void reportQuarantined(List<Xid> all) {
    Set<XidKey> found = new HashSet<>();
    for (Xid xid : all) {
      XidKey key = XidKey.of(xid);
      if (ownership.of(xid) == XidOwnership.Owner.QUARANTINED && found.add(key)) {
        if (quarantined.add(key)) {
          LOG.warnf(
              "HANDFAST001038 '%s' lists a branch with the name of this node from another log store"
                  + " or an unrecorded start: %s (there: %s). It is left alone.",
              name, key, manager.nativeForm(xid));
        }
      }
    }
    quarantined.retainAll(found);
  }

  private void rollBackOldProbes(List<Xid> all) {
    for (Xid xid : all) {
      boolean old =
          ProbeXid.age(xid, probeOwner, Instant.now())
              .filter(age -> age.compareTo(PROBE_LIFE) > 0)
              .isPresent();
      if (old) {
        try {
          order(resource -> resource.rollback(xid));
        } catch (XAException e) {
          LOG.debugf(e, "An old probe branch of '%s' could not be rolled back", name);
        }
      }
    }
  }

  @FunctionalInterface
  private interface XaCall {
    void run(XAResource resource) throws XAException;
  }

  @FunctionalInterface
  private interface XaQuestion<T> {
    T ask(XAResource resource) throws XAException;
  }

  private void order(XaCall call) throws XAException {
    ask(
        resource -> {
          call.run(resource);
          return name;
        });
  }

  private <T> T ask(XaQuestion<T> question) throws XAException {
    try {
      return worker.call(() -> question.ask(manager.recoveryResource()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof XAException xa) {
        throw xa;
      }
      throw XaErrors.of(XAException.XAER_RMFAIL, "'" + name + "' failed: " + e.getCause(), e);
    }
  }

  /** Whether the last call was answered. */
  public boolean isReachable() {
    return !outage.isOn();
  }

  /**
   * The forced round trip between two NOTA: a branch is prepared and rolled back.
   *
   * @return whether another pass may now believe what the last one heard
   */
  boolean probe() {
    if (!missing.containsValue(false) || !isReachable()) {
      return false;
    }
    Xid xid = ProbeXid.of(probeOwner, Instant.now());
    try {
      order(
          resource -> {
            resource.start(xid, TMNOFLAGS);
            resource.end(xid, TMSUCCESS);
            if (resource.prepare(xid) == XA_OK) {
              resource.rollback(xid);
            }
          });
      missing.replaceAll((key, forced) -> true);
      return true;
    } catch (XAException e) {
      LOG.debugf(e, "The probe of '%s' failed", name);
      missing.clear();
      return false;
    }
  }

  /** The list of the last scan and what the log names for this resource manager. */
  @Override
  public Xid[] recover(int flag) {
    if ((flag & XAResource.TMSTARTRSCAN) == 0) {
      return NONE;
    }
    return open().stream().filter(xid -> !heuristic.contains(XidKey.of(xid))).toArray(Xid[]::new);
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    XidKey key = XidKey.of(xid);
    requireReachable();
    try {
      order(resource -> resource.commit(xid, false));
      end(key, BranchState.COMMITTED);
    } catch (XAException e) {
      switch (e.errorCode) {
        case XAException.XAER_NOTA -> confirm(key);
        case XAException.XA_HEURCOM -> {
          forgetDecided(xid);
          end(key, BranchState.COMMITTED);
        }
        case XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_HEURHAZ -> {
          keepHeuristic(key, e);
          throw hazard(e);
        }
        default ->
            throw XaErrors.of(XAException.XA_RETRY, "'" + name + "' did not confirm the commit", e);
      }
    }
  }

  /** Not HEURRB: the transaction manager would roll the others back, and some may be committed. */
  private XAException hazard(XAException error) {
    return XaErrors.of(XAException.XA_HEURHAZ, "'" + name + "' ended the branch on its own", error);
  }

  /** NOTA: believed the second time, if the resource manager was made to force in between. */
  private void confirm(XidKey key) throws XAException {
    if (Boolean.TRUE.equals(missing.remove(key))) {
      end(key, BranchState.COMMITTED);
      return;
    }
    missing.put(key, false);
    throw XaErrors.of(
        XAException.XA_RETRY, "'" + name + "' does not know the branch; to be confirmed");
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    XidKey key = XidKey.of(xid);
    requireReachable();
    try {
      order(resource -> resource.rollback(xid));
      end(key, BranchState.ROLLED_BACK);
    } catch (XAException e) {
      if (XaErrors.isRollback(e.errorCode) || e.errorCode == XAException.XA_HEURRB) {
        forgetDecided(xid);
        end(key, BranchState.ROLLED_BACK);
      } else if (XaErrors.isHeuristic(e.errorCode)) {
        keepHeuristic(key, e);
      } else if (e.errorCode == XAException.XAER_NOTA) {
        listed = listed.stream().filter(other -> !key.equals(XidKey.of(other))).toList();
      } else {
        LOG.warnf(
            e,
            "HANDFAST001031 Recovery could not roll back %s of '%s'; the next pass tries again",
            key,
            name);
      }
    }
  }

  private void requireReachable() throws XAException {
    if (!isReachable()) {
      throw XaErrors.of(XAException.XA_RETRY, "'" + name + "' cannot be reached");
    }
  }

  private void end(XidKey key, BranchState state) {
    missing.remove(key);
    listener.finished(name, key, state);
  }

  private void keepHeuristic(XidKey key, XAException error) {
    if (heuristic.add(key)) {
      LOG.errorf(
          "HANDFAST001032 '%s' ended %s on its own: %s. It is kept until an operator decides.",
          name, key, XaErrors.name(error.errorCode));
    }
    listener.ended(name, key, XaErrors.heuristic(error));
  }

  private void forgetDecided(Xid xid) {
    try {
      order(resource -> resource.forget(xid));
    } catch (XAException e) {
      LOG.debugf(e, "'%s' could not forget an outcome that was the decided one", name);
    }
  }

  /** Whether the resource manager lists a branch; null if no list came. */
  @Nullable Boolean lists(Xid xid) {
    XidKey wanted = XidKey.of(xid);
    try {
      return ask(RmFacade::list).stream()
          .filter(found -> found.getFormatId() == wanted.formatId())
          .map(XidKey::of)
          .anyMatch(wanted::equals);
    } catch (XAException e) {
      LOG.debugf(e, "'%s' did not tell whether it holds a branch", name);
      return null;
    }
  }

  /** What the last scan listed and what the log names, heuristic branches included. */
  List<Xid> open() {
    Map<XidKey, Xid> all = new LinkedHashMap<>();
    listed.forEach(xid -> all.put(XidKey.of(xid), xid));
    decided.of(name).forEach(xid -> all.putIfAbsent(XidKey.of(xid), xid));
    return List.copyOf(all.values());
  }

  ResourceStatus status() {
    return new ResourceStatus(
        name,
        manager.description().kind(),
        isReachable(),
        lastScan.equals(Instant.MIN) ? null : lastScan,
        listed.size(),
        quarantined.size());
  }

  /** Only an operator's order makes a resource manager forget. */
  @Override
  public void forget(Xid xid) {}

  @Override
  public boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    throw notForWork();
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    throw notForWork();
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    throw notForWork();
  }

  private XAException notForWork() {
    return XaErrors.of(XAException.XAER_PROTO, "'" + name + "' is here for recovery only");
  }

  @Override
  public int getTransactionTimeout() {
    return 0;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) {
    return false;
  }

  @Override
  public XAResource getResource() {
    return this;
  }

  @Override
  public String getProductName() {
    return "handfast";
  }

  @Override
  public String getProductVersion() {
    return "1";
  }

  @Override
  public String getJndiName() {
    return name;
  }

  @Override
  public String toString() {
    return "'" + name + "'";
  }

  @Override
  public void close() {
    worker.close();
  }
}
