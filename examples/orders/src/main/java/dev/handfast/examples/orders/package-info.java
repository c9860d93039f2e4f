/** The application: one invoice is one global transaction over a database and a broker. */
@NullMarked
package dev.handfast.examples.orders;

import org.jspecify.annotations.NullMarked;
