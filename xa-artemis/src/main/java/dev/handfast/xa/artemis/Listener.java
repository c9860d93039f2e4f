package dev.handfast.xa.artemis;

/**
 * Takes messages, each in a global transaction of its own, until it is closed; see {@link
 * ArtemisConnections#listen}. Safe for use by many threads.
 */
public interface Listener extends AutoCloseable {

  /** The queue or topic. */
  String destination();

  /**
   * Takes nothing more, gives back what was taken and not begun, and waits until the bodies that
   * run have ended and their transactions are over, but for 30 seconds at most: a body that goes on
   * is left to itself with its message, and the log says where it stands. Called by a body, of this
   * listener or another, it does not wait: bodies that close each other's listeners would wait for
   * ever. An interrupt ends the wait, not the closing. A second call waits as well.
   */
  @Override
  void close();
}
