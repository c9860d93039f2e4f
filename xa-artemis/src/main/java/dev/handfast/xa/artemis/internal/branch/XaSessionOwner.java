package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.XaSession;
import jakarta.jms.JMSException;

/** The pool or the receiver that lends an XA session to a transaction and gets it back. */
public interface XaSessionOwner {

  /** Gets a session ready for its next transaction. The caller holds the session's lock. */
  void reset(XaSession session) throws JMSException;

  /** Takes a session back whose branch is finished. */
  void giveBack(XaSession session);

  /** Closes a session that nobody may use again. */
  void discard(XaSession session);
}
