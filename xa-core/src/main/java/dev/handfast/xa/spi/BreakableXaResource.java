package dev.handfast.xa.spi;

import javax.transaction.xa.XAResource;

/**
 * An XAResource whose calls another thread can bring to an end. The runtime breaks it off when a
 * call has not returned within its bound.
 */
public interface BreakableXaResource extends XAResource {

  /**
   * Breaks the connection off: the call that is under way fails soon, and every later one at once.
   * It is called on another thread than the one that waits for the call, perhaps more than once,
   * returns without waiting for the resource manager, and throws nothing. What had voted stays
   * prepared at the resource manager, if it keeps votes without their connection.
   */
  void breakOff();
}
