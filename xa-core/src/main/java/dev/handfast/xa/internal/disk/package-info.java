/**
 * The file operations of a log directory. Log and lock take them from here alone, so that a test
 * can make each of them fail and take the power away between any two.
 */
@NullMarked
package dev.handfast.xa.internal.disk;

import org.jspecify.annotations.NullMarked;
