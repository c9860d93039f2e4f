package dev.handfast.xa.recovery;

/** Recovery as an operator sees it. Looking changes nothing. Safe for use by many threads. */
public interface Recovery {

  /** The state at this moment; does not talk to a resource manager. */
  Status status();
}
