package dev.handfast.examples.orders.audit;

/**
 * A message that should not be where it was found.
 *
 * @param id of the message
 * @param number the invoice it says it is of
 */
record Letter(String id, String number) {}
