package dev.handfast.xa;

import dev.handfast.xa.recovery.Recovery;

/**
 * The log store of a node that is not running, opened for recovery together with its resource
 * managers. To look at what is in doubt changes nothing; {@link Recovery#recover} and the
 * operator's orders work as in a running node. The node cannot be started until this is closed.
 */
public interface OpenStore extends AutoCloseable {

  /** Returns what an operator may see and order. */
  Recovery recovery();

  /** Releases the lock and closes every connection. A second call does nothing. */
  @Override
  void close();
}
