/** What an application types: the runtime, its builder, and the outcomes of a transaction. */
@NullMarked
package dev.handfast.xa;

import org.jspecify.annotations.NullMarked;
