/** A resource manager in memory that does what a test tells it to, and what tests share. */
@NullMarked
package dev.handfast.xa.scripted;

import org.jspecify.annotations.NullMarked;
