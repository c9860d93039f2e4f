package dev.handfast.benchmarks.recovery;

import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.internal.arjuna.recovery.AtomicActionRecoveryModule;
import com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule;
import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;
import javax.transaction.xa.XAResource;

/** Has bare Narayana recover what was left, and says how long that took. */
final class NarayanaRecovers {

  private static final int MOST_SCANS = 20;

  private NarayanaRecovers() {}

  /** The arguments are those of a {@link Place}. */
  public static void main(String[] arguments) throws Exception {
    Place place = Place.of(arguments);
    Stopwatch watch = Stopwatch.start();
    BareNarayana.setUp(place);
    try (Sessions sessions = Sessions.open(place)) {
      RecoveryManager manager = RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
      XARecoveryModule branches = new XARecoveryModule();
      branches.addXAResourceRecoveryHelper(helper(sessions.database(), Place.STOCK));
      branches.addXAResourceRecoveryHelper(helper(sessions.broker(), Place.EVENTS));
      manager.addModule(new AtomicActionRecoveryModule());
      manager.addModule(branches);
      int scans = 0;
      do {
        manager.scan();
        scans++;
        watch.stop();
      } while (left(place, watch) && scans < MOST_SCANS);
      Left.require(place, BareNarayana.records(place));
      watch.tell();
      System.err.println("scans " + scans);
    }
    Runtime.getRuntime().halt(0);
  }

  /** Not timed. */
  private static boolean left(Place place, Stopwatch watch) throws Exception {
    boolean left = BareNarayana.records(place) > 0 || Left.prepared(place) > 0;
    watch.goOn();
    return left;
  }

  private static XAResourceRecoveryHelper helper(XAResource resource, String name) {
    XAResource named = new NamedResource(resource, name);
    return new XAResourceRecoveryHelper() {
      @Override
      public boolean initialise(String parameter) {
        return true;
      }

      @Override
      public XAResource[] getXAResources() {
        return new XAResource[] {named};
      }
    };
  }
}
