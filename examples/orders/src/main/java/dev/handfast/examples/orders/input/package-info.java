/** The order file: reading, checking, and what an invoice is. */
@NullMarked
package dev.handfast.examples.orders.input;

import org.jspecify.annotations.NullMarked;
