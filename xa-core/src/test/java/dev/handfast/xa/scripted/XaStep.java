package dev.handfast.xa.scripted;

/** The calls that a test can script. */
public enum XaStep {
  START,
  END,
  PREPARE,
  COMMIT,
  ONE_PHASE,
  ROLLBACK,
  FORGET,
  RECOVER
}
