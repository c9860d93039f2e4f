/** Libraries that programs write their SQL with, in one transaction with a message. */
@NullMarked
package dev.handfast.xa.it.library;

import org.jspecify.annotations.NullMarked;
