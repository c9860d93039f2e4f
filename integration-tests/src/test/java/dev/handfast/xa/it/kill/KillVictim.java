package dev.handfast.xa.it.kill;

import java.util.Locale;

/** Who is killed. */
enum KillVictim {
  APPLICATION,
  BROKER,
  POSTGRESQL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
