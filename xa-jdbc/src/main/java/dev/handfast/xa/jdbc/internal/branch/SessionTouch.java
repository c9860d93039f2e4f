package dev.handfast.xa.jdbc.internal.branch;

/** Notes what the application may have changed of a session in one use of its connection. */
public final class SessionTouch {

  private volatile boolean changed;
  private volatile boolean handedOut;

  SessionTouch() {}

  /** Notes that the application may change what the session keeps beyond this use. */
  public void change() {
    changed = true;
  }

  /** Notes that the application is given the driver's own connection, with which it may do all. */
  public void handOut() {
    handedOut = true;
  }

  boolean isChanged() {
    return changed || handedOut;
  }

  boolean isHandedOut() {
    return handedOut;
  }
}
