/** Databases commit before brokers: who reads a message finds the rows that it tells of. */
@NullMarked
package dev.handfast.xa.it.order;

import org.jspecify.annotations.NullMarked;
