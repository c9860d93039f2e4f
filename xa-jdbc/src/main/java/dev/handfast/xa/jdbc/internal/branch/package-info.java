/** A connection and its branch: its XAResource, its enlistment, its use and its vote. */
@NullMarked
package dev.handfast.xa.jdbc.internal.branch;

import org.jspecify.annotations.NullMarked;
