package dev.handfast.xa.it.audit;

import dev.handfast.xa.testkit.crash.CrashStep;

/** Where the audit log's file may hang. */
enum AuditStep implements CrashStep {
  OPEN("append\nAT INVOKE java.nio.channels.FileChannel.open"),
  WRITE("write\nAT ENTRY"),
  FORCE("append\nAT INVOKE java.nio.channels.FileChannel.force");

  private final String place;

  AuditStep(String place) {
    this.place = place;
  }

  @Override
  public String place() {
    return "CLASS dev.handfast.xa.internal.order.AuditFile\nMETHOD " + place;
  }
}
