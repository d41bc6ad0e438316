// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BenchToken} from "./BenchToken.sol";

/// @notice The least that moving the money costs: two recipients, no terms, no checks, no event. What is above it is
/// the price of what the checkout promises.
contract Floor {
    function native(address merchant, address feeRecipient, uint256 fee) external payable {
        _send(merchant, msg.value - fee);
        _send(feeRecipient, fee);
    }

    function approved(BenchToken token, address merchant, uint256 rest, address feeRecipient, uint256 fee) external {
        token.transferFrom(msg.sender, merchant, rest);
        token.transferFrom(msg.sender, feeRecipient, fee);
    }

    function permitted(
        BenchToken token,
        address payer,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s,
        address merchant,
        uint256 rest,
        address feeRecipient,
        uint256 fee
    ) external {
        token.permit(payer, address(this), rest + fee, deadline, v, r, s);
        token.transferFrom(payer, merchant, rest);
        token.transferFrom(payer, feeRecipient, fee);
    }

    function _send(address to, uint256 amount) private {
        (bool success,) = to.call{value: amount}("");
        require(success);
    }
}
