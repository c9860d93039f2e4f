package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.XaSession;
import jakarta.jms.JMSException;

/** Where the XA session of a transaction comes from and goes back to. */
public interface XaSessionOwner {

  /** Gets a session ready for the next transaction, under its lock. */
  void reset(XaSession session) throws JMSException;

  /** Takes a session back whose branch is finished. */
  void giveBack(XaSession session);

  /** Takes a session back that nobody may use again. */
  void discard(XaSession session);
}
