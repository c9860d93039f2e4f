package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * How recovery talks to one resource manager: on its worker, under a deadline, and to finish
 * branches only after it was checked, anew after each outage. Safe for use by many threads.
 */
final class RmLink implements Recoverability, AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(RmLink.class);

  private final String name;
  private final ResourceManager<?> manager;
  private final RmWorker worker;
  private final Duration deadline;
  private final RmAdmission admission;
  private final Platform platform;
  private final RmOutage outage;
  private final CommitRank commitRank;
  private volatile boolean admitted;
  private volatile boolean checked;

  RmLink(
      String name,
      ResourceManager<?> manager,
      Duration deadline,
      RmAdmission admission,
      Platform platform) {
    this.name = name;
    this.manager = manager;
    this.worker = new RmWorker(name, deadline, platform);
    this.deadline = deadline;
    this.admission = admission;
    this.platform = platform;
    this.outage = new RmOutage(name, platform);
    this.commitRank = manager.commitRank();
  }

  String name() {
    return name;
  }

  ResourceManager<?> manager() {
    return manager;
  }

  RmOutage outage() {
    return outage;
  }

  RmAdmission admission() {
    return admission;
  }

  boolean isReachable() {
    return !outage.isOn();
  }

  /** Gives an order on the worker and waits for its end. */
  void order(XaCall.Order order) throws XAException {
    ask(order.asQuestion());
  }

  /** Asks on the worker and waits for the answer. */
  <T> T ask(XaCall.Question<T> question) throws XAException {
    return answered(worker.begin(() -> XaCall.ask(manager.recoveryResource(), question)), deadline);
  }

  private <T> T answered(RmWorker.Begun<T> call, Duration limit) throws XAException {
    try {
      return call.await(limit);
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause() instanceof XAException xa ? XaCall.thrown(xa) : e.getCause();
      if (thrown instanceof XAException answer && answer.errorCode != 0) {
        throw answer;
      }
      throw XaErrors.of(XAException.XAER_RMFAIL, "'" + name + "' failed: " + thrown, e);
    }
  }

  /**
   * Checks whether the resource manager may be used, if that was not done since it was last away. A
   * check makes several calls, so it has several deadlines.
   *
   * @return why it may not be used, or null if it may
   * @throws ResourceUnavailableException if it does not answer
   */
  @Nullable String admit() throws ResourceUnavailableException {
    return checked
        ? null
        : RmChecks.run(name, worker, deadline, () -> check(DeferredWarnings.none()));
  }

  /**
   * Begins the check, which says nothing before it is awaited.
   *
   * @param end as of {@link System#nanoTime}
   */
  Admission beginAdmission(long end) {
    DeferredWarnings warnings = new DeferredWarnings();
    RmChecks.Begun begun = RmChecks.begin(name, worker, () -> check(warnings));
    return () -> {
      try {
        return begun.await(platform.until(end));
      } finally {
        warnings.release();
      }
    };
  }

  /** On the worker, which may be done with it only after the deadline of whoever asked. */
  private @Nullable String check(DeferredWarnings warnings) throws ResourceUnavailableException {
    String refusal = admission.refusal(warnings);
    checked = refusal == null;
    admitted |= checked;
    return refusal;
  }

  /** Why no branch may be enlisted, or null: what was never checked cannot be recovered. */
  @Override
  public @Nullable String enlistmentRefusal() {
    if (admitted) {
      return null;
    }
    try {
      return admit();
    } catch (ResourceUnavailableException e) {
      return "Resource '" + name + "' cannot be reached by recovery: " + e.getMessage();
    }
  }

  @Override
  public CommitRank commitRank() {
    return commitRank;
  }

  @Override
  public ListAnswer lists(Xid xid) {
    XidKey wanted = XidKey.of(xid);
    try {
      boolean listed =
          ask(RmLink::list).stream()
              .filter(found -> found.getFormatId() == wanted.formatId())
              .map(XidKey::of)
              .anyMatch(wanted::equals);
      return listed ? ListAnswer.LISTED : ListAnswer.NOT_LISTED;
    } catch (XAException e) {
      LOG.debugf(e, "'%s' did not tell whether it holds a branch", name);
      return ListAnswer.NO_ANSWER;
    }
  }

  /**
   * An operator vouches for the resource manager that is there now.
   *
   * @return who it is, for a reader
   */
  String acceptIdentity() throws ResourceUnavailableException {
    return String.valueOf(
        RmChecks.run(name, worker, deadline, () -> admission.accept().toString()));
  }

  /**
   * Whether it is still the one that was checked: its connection may have been made anew unnoticed.
   * If not, or if it does not tell, the next scan checks it.
   */
  boolean isSame() {
    try {
      checked = checked && worker.call(admission::isKnown);
    } catch (XAException | ExecutionException e) {
      LOG.debugf(e, "'%s' did not tell who it is", name);
      checked = false;
    }
    return checked;
  }

  /** It did not answer: it may be another one when it does again. */
  void lost() {
    checked = false;
  }

  /** A list that was asked for and may not be here yet. */
  interface Listing<T> {

    /**
     * The list; to be called once, on the thread that asked.
     *
     * @param limit how long to wait for it
     */
    T await(Duration limit) throws XAException;
  }

  /**
   * What a look finds.
   *
   * @param branches the complete list
   * @param details what is told of them, perhaps nothing
   */
  record Look(List<Xid> branches, Map<XidKey, BranchDetail> details) {}

  /** Asks for the complete list, after the check if that is due. */
  Listing<Look> beginScan() {
    return begin(() -> new Look(admittedList(), Map.of()));
  }

  /** Asks for the complete list and what is told of it, after the check if that is due. */
  Listing<Look> beginInspection() {
    return begin(() -> withDetails(admittedList()));
  }

  /** Asks for the complete list and changes nothing, here or there. */
  Listing<Look> beginLook() {
    return begin(() -> withDetails(list(manager.recoveryResource())));
  }

  private List<Xid> admittedList() throws XAException, ResourceUnavailableException {
    String refusal = checked ? null : check(DeferredWarnings.none());
    if (refusal != null) {
      throw XaErrors.of(XAException.XAER_RMFAIL, refusal);
    }
    return list(manager.recoveryResource());
  }

  private Look withDetails(List<Xid> branches) {
    return new Look(branches, branches.isEmpty() ? Map.of() : details());
  }

  /** A resource manager that has told its list is not taken for lost because of them. */
  private Map<XidKey, BranchDetail> details() {
    try {
      return manager.details();
    } catch (ResourceUnavailableException | RuntimeException e) {
      LOG.debugf(e, "'%s' tells no details of its branches", name);
      return Map.of();
    }
  }

  private <T> Listing<T> begin(Callable<T> call) {
    try {
      RmWorker.Begun<T> begun = worker.begin(call);
      return limit -> answered(begun, limit);
    } catch (XAException e) {
      return limit -> {
        throw e;
      };
    }
  }

  static List<Xid> list(XAResource resource) throws XAException {
    return XaCall.ask(
        resource,
        asked -> {
          Xid[] found = asked.recover(XAResource.TMSTARTRSCAN);
          asked.recover(XAResource.TMENDRSCAN);
          return found == null ? List.of() : List.of(found);
        });
  }

  /** Takes no more calls, and waits for nothing. */
  void stop() {
    worker.stop();
  }

  @Override
  public void close() {
    worker.close();
  }
}
