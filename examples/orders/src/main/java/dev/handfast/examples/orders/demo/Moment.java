package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.demo.PacketTrap.Prey;

/** A moment in the work at which somebody is killed. */
enum Moment {
  ANY("at random"),
  BETWEEN_VOTES("between the votes"),
  PHASE_TWO("in phase 2"),
  BEFORE_SEND("after the commit, before the send"),
  BEFORE_ACKNOWLEDGE("after the commit, before the acknowledge"),
  IDLE("when all is done"),
  BY_HAND("by your hand");

  private final String words;

  Moment(String words) {
    this.words = words;
  }

  /** For the viewer. */
  String words() {
    return words;
  }

  /** Where there is no global transaction: what comes between two steps of the same work. */
  Moment locally(Role worker) {
    if (this != BETWEEN_VOTES && this != PHASE_TWO) {
      return this;
    }
    return worker == Role.SHIPPING ? BEFORE_ACKNOWLEDGE : BEFORE_SEND;
  }

  /**
   * The packet at which the broker holds a worker, so that the moment can be met. The application's
   * database votes before the broker, shipping's after it: a receipt comes first there.
   */
  Prey prey(Role worker) {
    return switch (this) {
      case BETWEEN_VOTES -> worker == Role.SHIPPING ? Prey.VOTE : Prey.PREPARE;
      case PHASE_TWO -> Prey.COMMIT;
      case BEFORE_SEND -> Prey.SEND;
      case BEFORE_ACKNOWLEDGE -> Prey.ACKNOWLEDGE;
      case ANY, IDLE, BY_HAND -> Prey.NOTHING;
    };
  }
}
