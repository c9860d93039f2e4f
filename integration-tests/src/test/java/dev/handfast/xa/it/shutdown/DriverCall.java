package dev.handfast.xa.it.shutdown;

import dev.handfast.xa.testkit.crash.CrashStep;
import java.util.Locale;

/** The calls of PostgreSQL's driver at which a transaction is held up. */
enum DriverCall implements CrashStep {
  PREPARE(Holder.PREPARE_IN_DRIVER),
  COMMIT(Holder.COMMIT_ON_NETWORK);

  private final Holder holder;

  DriverCall(Holder holder) {
    this.holder = holder;
  }

  @Override
  public String place() {
    return "CLASS org.postgresql.xa.PGXAConnection\nMETHOD "
        + name().toLowerCase(Locale.ROOT)
        + "\nAT ENTRY";
  }

  @Override
  public String rule() {
    return "RULE "
        + name()
        + "\n"
        + place()
        + "\nIF true\nDO "
        + HeldMain.class.getName()
        + ".reached(\""
        + holder
        + "\")\nENDRULE\n";
  }
}
