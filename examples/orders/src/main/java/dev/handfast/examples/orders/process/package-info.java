/** How the demo's processes talk: lines over standard input and output. */
@NullMarked
package dev.handfast.examples.orders.process;

import org.jspecify.annotations.NullMarked;
