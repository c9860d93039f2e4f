/**
 * The audit, which knows the order file, the database and the broker, and nothing of what booked
 * the orders.
 */
@NullMarked
package dev.handfast.examples.orders.audit;

import org.jspecify.annotations.NullMarked;
