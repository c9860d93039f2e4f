/**
 * The shipping application: one event is one global transaction over a broker, a database and the
 * broker again. It knows nothing of the application that sends the events but the text of a
 * message.
 */
@NullMarked
package dev.handfast.examples.orders.shipping;

import org.jspecify.annotations.NullMarked;
