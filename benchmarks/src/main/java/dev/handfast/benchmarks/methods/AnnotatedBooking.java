package dev.handfast.benchmarks.methods;

import jakarta.transaction.Transactional;

/** Does nothing in a transaction. */
class AnnotatedBooking implements Booking {

  @Override
  @Transactional
  public void book() {}
}
