package dev.handfast.benchmarks.methods;

/** The method that is measured, by its interface. */
interface Booking {
  void book();
}
