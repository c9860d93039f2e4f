package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.internal.arjuna.recovery.AtomicActionRecoveryModule;
import com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule;
import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;
import dev.handfast.xa.internal.recovery.RecoveryEngine;
import dev.handfast.xa.internal.recovery.RmFacade;
import dev.handfast.xa.spi.XidKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.transaction.xa.XAResource;

/** Narayana's two recovery modules, driven from outside: no thread and no back-off of its own. */
final class NarayanaEngine implements RecoveryEngine {

  private final NarayanaStore store;
  private final LogIndex log;
  private final AtomicActionRecoveryModule transactions = new AtomicActionRecoveryModule();
  private final XARecoveryModule branches = new XARecoveryModule();
  private List<RmFacade> resources = List.of();

  NarayanaEngine(NarayanaStore store, LogIndex log) {
    this.store = store;
    this.log = log;
    RecoveryManager manager = RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
    manager.addModule(transactions);
    manager.addModule(branches);
  }

  @Override
  public void use(List<RmFacade> facades) {
    resources = List.copyOf(facades);
    branches.addXAResourceRecoveryHelper(
        new XAResourceRecoveryHelper() {
          @Override
          public boolean initialise(String parameter) {
            return true;
          }

          @Override
          public XAResource[] getXAResources() {
            return resources.toArray(XAResource[]::new);
          }
        });
  }

  @Override
  public void pass() {
    Set<String> reachable =
        resources.stream()
            .filter(RmFacade::isReachable)
            .map(RmFacade::getJndiName)
            .collect(Collectors.toUnmodifiableSet());
    store.limitTo(reachable);
    transactions.periodicWorkFirstPass();
    branches.periodicWorkFirstPass();
    transactions.periodicWorkSecondPass();
    branches.periodicWorkSecondPass();
  }

  @Override
  public boolean isLive(XidKey branch) {
    return Liveness.isLive(branch.gtrid());
  }

  @Override
  public int logged() {
    return log.pending().size();
  }
}
