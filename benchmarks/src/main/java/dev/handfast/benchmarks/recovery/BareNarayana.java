package dev.handfast.benchmarks.recovery;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.RecoveryEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.common.recoveryPropertyManager;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTANodeNameXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTATransactionLogXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.resources.arjunacore.XAResourceRecord;
import com.arjuna.ats.internal.jta.resources.arjunacore.XAResourceRecordWrappingPlugin;
import com.arjuna.ats.jta.common.JTAEnvironmentBean;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.jboss.tm.XAResourceWrapper;

/** Narayana as its documentation sets it up, with its default store. */
final class BareNarayana {

  private BareNarayana() {}

  static void setUp(Place place) throws CoreEnvironmentBeanException {
    CoordinatorEnvironmentBean coordinator = arjPropertyManager.getCoordinatorEnvironmentBean();
    coordinator.setTransactionStatusManagerEnable(false);
    arjPropertyManager.getObjectStoreEnvironmentBean().setObjectStoreDir(place.log().toString());
    arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier(Place.NODE);
    TxControl.setXANodeName(Place.NODE);
    JTAEnvironmentBean jta = jtaPropertyManager.getJTAEnvironmentBean();
    jta.setXaRecoveryNodes(List.of(Place.NODE));
    jta.setXaResourceRecordWrappingPluginClassName(Names.class.getName());
    jta.setXaResourceOrphanFilterClassNames(
        List.of(
            JTATransactionLogXAResourceOrphanFilter.class.getName(),
            JTANodeNameXAResourceOrphanFilter.class.getName()));
    jta.setOrphanSafetyInterval(0);
    RecoveryEnvironmentBean recovery = recoveryPropertyManager.getRecoveryEnvironmentBean();
    recovery.setRecoveryBackoffPeriod(1);
    recovery.setRecoveryListener(false);
    recovery.setRecoveryModuleClassNames(List.of());
    recovery.setExpiryScannerClassNames(List.of());
    recovery.setRecoveryActivatorClassNames(List.of());
  }

  /** How many records the store holds. */
  static long records(Place place) throws IOException {
    try (Stream<Path> files = Files.walk(place.log())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("AtomicAction"))
          .count();
    }
  }

  /** Names the resource of each branch, without which no record is ever finished. */
  public static final class Names implements XAResourceRecordWrappingPlugin {

    /** For Narayana, which makes it by name. */
    public Names() {}

    @Override
    public void transcribeWrapperData(XAResourceRecord branch) {
      if (branch.value() instanceof XAResourceWrapper wrapper) {
        branch.setProductName(wrapper.getProductName());
        branch.setProductVersion(wrapper.getProductVersion());
        branch.setJndiName(wrapper.getJndiName());
      }
    }

    @Override
    public Integer getEISName(XAResource resource) {
      return 0;
    }

    @Override
    public String getEISName(Integer number) {
      return "benchmark";
    }
  }
}
