// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowSubscriptions, TokenAllowance, TokenPermit2612} from "./interfaces/IQBitFlowSubscriptions.sol";
import {SubscriberToken} from "./SubscriberToken.sol";

/// @notice Permits for this contract as spender, submitted if they can be: see TokenAllowance.
library SubscriberPermit {
    using SubscriberToken for address;

    uint256 private constant NONE = 0;
    uint256 private constant EIP2612 = 1;
    uint256 private constant DAI = 2;
    uint256 private constant PERMIT2 = 3;

    /// @notice EIP-2612's: behind owner and spender come the very words that were sent here.
    function submit(TokenPermit2612 calldata permit, address token, address owner) internal {
        bool success;
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0xd505accf00000000000000000000000000000000000000000000000000000000)
            mstore(add(data, 0x04), owner)
            mstore(add(data, 0x24), address())
            calldatacopy(add(data, 0x44), permit, 0xa0)
            success := call(gas(), token, 0, data, 0xe4, 0, 0)
        }
        if (success) return;
        if (token.allowanceOf(owner, false) < permit.value) revert IQBitFlowSubscriptions.PermitFailed(token, owner);
    }

    /// @param needed What the allowance must be if the permit fails: then somebody submitted it before, or the whole
    /// transaction must not succeed. (Otherwise an estimate of gas would find one where the permit is starved.)
    function submit(TokenAllowance calldata allowance, address token, address owner, uint256 needed) internal {
        uint256 kind = allowance.kind;
        if (kind == NONE) return;
        bool viaPermit2 = kind == PERMIT2;
        bool success = viaPermit2 ? _permit2(allowance, token, owner) : _permit(allowance, token, owner);
        if (success) return;
        // DAI's knows only all or nothing.
        if (kind != DAI) needed = allowance.value;
        if (token.allowanceOf(owner, viaPermit2) < needed) revert IQBitFlowSubscriptions.PermitFailed(token, owner);
    }

    function _permit(TokenAllowance calldata allowance, address token, address owner) private returns (bool success) {
        bytes calldata signature = allowance.signature;
        if (signature.length != 65) return false;
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        uint256 v = uint8(signature[64]);
        (uint256 kind, uint256 deadline) = (allowance.kind, allowance.deadline);
        if (kind == EIP2612) {
            (success,) = token.call(
                abi.encodeWithSelector(0xd505accf, owner, address(this), allowance.value, deadline, v, r, s)
            );
        } else if (kind == DAI) {
            (success,) = token.call(
                abi.encodeWithSelector(0x8fcbaf0c, owner, address(this), allowance.nonce, deadline, true, v, r, s)
            );
        }
    }

    function _permit2(TokenAllowance calldata allowance, address token, address owner) private returns (bool success) {
        // permit(address owner, PermitSingle, bytes signature): static structs are encoded as their members in a row. A
        // number too large for its type makes it revert.
        bytes memory data = abi.encodeWithSelector(
            0x2b67b570,
            owner,
            token,
            allowance.value,
            allowance.expiration,
            allowance.nonce,
            address(this),
            allowance.deadline,
            allowance.signature
        );
        (success,) = SubscriberToken.PERMIT2.call(data);
    }
}
