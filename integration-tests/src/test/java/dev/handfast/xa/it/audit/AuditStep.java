package dev.handfast.xa.it.audit;

import dev.handfast.xa.testkit.crash.CrashStep;

/** Where the audit log's file may hang. */
enum AuditStep implements CrashStep {
  OPEN("file\nAT INVOKE dev.handfast.xa.internal.disk.Disk.open"),
  WRITE("write\nAT ENTRY"),
  FORCE("force\nAT ENTRY");

  private final String place;

  AuditStep(String place) {
    this.place = place;
  }

  @Override
  public String place() {
    return "CLASS dev.handfast.xa.internal.order.AuditFile\nMETHOD " + place;
  }
}
