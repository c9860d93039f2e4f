/** The command line, and the supervisor that kills and restarts the application. */
@NullMarked
package dev.handfast.examples.orders.demo;

import org.jspecify.annotations.NullMarked;
