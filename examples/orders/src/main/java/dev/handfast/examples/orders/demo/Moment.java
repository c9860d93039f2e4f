package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.demo.PacketTrap.Prey;

/** A moment in the application's work at which it is killed. */
enum Moment {
  ANY("at a random moment", Prey.NOTHING),
  BETWEEN_VOTES("between the votes", Prey.PREPARE),
  PHASE_TWO("in phase 2", Prey.COMMIT),
  BEFORE_SEND("after the commit, before the send", Prey.SEND),
  IDLE("after the last invoice", Prey.NOTHING),
  BY_HAND("by your hand", Prey.NOTHING);

  private final String words;
  private final Prey prey;

  Moment(String words, Prey prey) {
    this.words = words;
    this.prey = prey;
  }

  /** For the viewer. */
  String words() {
    return words;
  }

  /** The packet at which the broker holds the application, so that the moment can be met. */
  Prey prey() {
    return prey;
  }
}
