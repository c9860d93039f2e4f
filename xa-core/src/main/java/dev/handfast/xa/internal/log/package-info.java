/** The log of a node: the tenure that its lock gives, and the records it reads and writes. */
@NullMarked
package dev.handfast.xa.internal.log;

import org.jspecify.annotations.NullMarked;
