/** What is decided and what is reserved, by gtrid: the one owner of the log's contents. */
@NullMarked
package dev.handfast.xa.internal.decision;

import org.jspecify.annotations.NullMarked;
