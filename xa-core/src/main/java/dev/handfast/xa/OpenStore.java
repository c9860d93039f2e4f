package dev.handfast.xa;

import dev.handfast.xa.recovery.Recovery;

/**
 * The log store of a node that is not running, and the resource managers behind it. Looking changes
 * nothing; {@link Recovery#recover} and the operator's orders work as in a running node. The node
 * cannot be started until this is closed.
 */
public interface OpenStore extends AutoCloseable {

  /** Recovery as an operator sees it. */
  Recovery recovery();

  /** Gives the lock back and closes every connection. A second call does nothing. */
  @Override
  void close();
}
