/** What an operator sees of in-doubt transactions, and what he may order. */
@NullMarked
package dev.handfast.xa.internal.order;

import org.jspecify.annotations.NullMarked;
