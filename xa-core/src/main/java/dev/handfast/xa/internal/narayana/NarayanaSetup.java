package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.RecoveryEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.common.recoveryPropertyManager;
import com.arjuna.ats.arjuna.coordinator.TransactionReaper;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.arjuna.objectstore.StoreManager;
import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.arjuna.utils.Utility;
import com.arjuna.ats.internal.jta.recovery.arjunacore.RecoveryXids;
import com.arjuna.ats.jta.common.JTAEnvironmentBean;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import dev.handfast.xa.internal.log.directory.StoreIdentity;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Narayana's process-wide configuration. What it captures in statics at class load is set once,
 * before any of those classes is touched; what changes from start to start is set at each start.
 */
final class NarayanaSetup {

  /** Its store, given once; the runtime's log is attached to it. */
  static final NarayanaStore STORE = new NarayanaStore();

  private static final AtomicBoolean RUNNING = new AtomicBoolean();
  private static boolean prepared;

  private NarayanaSetup() {}

  /**
   * Makes Narayana this runtime's.
   *
   * @throws IllegalStateException if another runtime of this class loader is running
   */
  static void begin(StoreIdentity identity) {
    if (!RUNNING.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "Another Handfast runtime is running in this class loader, and Narayana's configuration is"
              + " one per class loader. To solve this, close that one first.");
    }
    try {
      synchronized (NarayanaSetup.class) {
        prepareOnce(identity);
      }
      applyStart(identity);
    } catch (RuntimeException | Error e) {
      RUNNING.set(false);
      throw e;
    }
  }

  /** Narayana asks for its process id with every transaction: the answer is a number by then. */
  private static void startId(StoreIdentity identity) {
    Integer startId = identity.startId();
    Utility.setProcess(startId::intValue);
  }

  private static void prepareOnce(StoreIdentity identity) {
    if (prepared) {
      return;
    }
    startId(identity);
    nodeName(identity);
    CoordinatorEnvironmentBean coordinator = arjPropertyManager.getCoordinatorEnvironmentBean();
    coordinator.setTransactionStatusManagerEnable(false);
    JTAEnvironmentBean jta = jtaPropertyManager.getJTAEnvironmentBean();
    jta.setXaResourceRecordWrappingPluginClassName(WrapperNames.class.getName());
    jta.setLastResourceOptimisationInterfaceClassName("org.jboss.tm.LastResource");
    jta.setXaResourceRecoveryClassNames(List.of());
    RecoveryEnvironmentBean recovery = recoveryPropertyManager.getRecoveryEnvironmentBean();
    recovery.setRecoveryModuleClassNames(List.of());
    recovery.setExpiryScannerClassNames(List.of());
    recovery.setRecoveryActivatorClassNames(List.of());
    recovery.setRecoveryListener(false);
    recovery.setExpiryScanInterval(0);
    new StoreManager(STORE, STORE, STORE);
    prepared = true;
  }

  private static void applyStart(StoreIdentity identity) {
    startId(identity);
    nodeName(identity);
    TxControl.setXANodeName(identity.xidSuffix());
    TxControl.setDefaultTimeout(0);
    RecoveryXids.setSafetyIntervalMillis(0);
    RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
    TxControl.enable();
  }

  private static void nodeName(StoreIdentity identity) {
    CoreEnvironmentBean core = arjPropertyManager.getCoreEnvironmentBean();
    try {
      core.setNodeIdentifier(identity.xidSuffix());
    } catch (CoreEnvironmentBeanException e) {
      throw new IllegalStateException("Narayana refused the node name " + identity.xidSuffix(), e);
    }
    jtaPropertyManager.getJTAEnvironmentBean().setXaRecoveryNodes(List.of(identity.xidSuffix()));
  }

  /** Ends Narayana's threads and frees it for another start. Recovery must not run any more. */
  static void end() {
    try {
      TxControl.disable(true);
      TransactionReaper.terminate(false);
      RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT).terminate(false);
    } finally {
      // our store stays installed: without one, whoever comes late would have Narayana make its own
      STORE.detach();
      RUNNING.set(false);
    }
  }
}
